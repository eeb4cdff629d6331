import { act } from "./zh/act";
import { state } from "./zh/state";
import { error } from "./zh/error";
import { frame } from "./zh/frame";
import { login } from "./zh/login";
import { password } from "./zh/password";
import { side } from "./zh/side";
import { context } from "./zh/context";
import { column } from "./zh/column";
import { list } from "./zh/list";
import { tab } from "./zh/tab";
import { sts } from "./zh/sts";
import { ordinal } from "./zh/ordinal";
import { pod } from "./zh/pod";
import { container } from "./zh/container";
import { revision } from "./zh/revision";
import { claim } from "./zh/claim";
import { event } from "./zh/event";
import { log } from "./zh/log";
import { terminal } from "./zh/terminal";
import { fact } from "./zh/fact";
import { yaml } from "./zh/yaml";
import { diff } from "./zh/diff";
import { data } from "./zh/data";
import { secret } from "./zh/secret";
import { node } from "./zh/node";
import { business } from "./zh/business";
import { quota } from "./zh/quota";
import { member } from "./zh/member";
import { credential } from "./zh/credential";
import { role } from "./zh/role";
import { cluster } from "./zh/cluster";
import { provider } from "./zh/provider";
import { user } from "./zh/user";
import { rule } from "./zh/rule";
import { form } from "./zh/form";
import { volume } from "./zh/volume";
import { env } from "./zh/env";
import { probe } from "./zh/probe";
import { service } from "./zh/service";
import { why } from "./zh/why";
import type { Key } from "./text";

export const zh: Readonly<Record<Key, string>> = {
  ...act,
  ...state,
  ...error,
  ...frame,
  ...login,
  ...password,
  ...side,
  ...context,
  ...column,
  ...list,
  ...tab,
  ...sts,
  ...ordinal,
  ...pod,
  ...container,
  ...revision,
  ...claim,
  ...event,
  ...log,
  ...terminal,
  ...fact,
  ...yaml,
  ...diff,
  ...data,
  ...secret,
  ...node,
  ...business,
  ...quota,
  ...member,
  ...credential,
  ...role,
  ...cluster,
  ...provider,
  ...user,
  ...rule,
  ...form,
  ...volume,
  ...env,
  ...probe,
  ...service,
  ...why,
};
