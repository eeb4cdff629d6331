import { act } from "./en/act";
import { state } from "./en/state";
import { error } from "./en/error";
import { frame } from "./en/frame";
import { login } from "./en/login";
import { password } from "./en/password";
import { side } from "./en/side";
import { context } from "./en/context";
import { column } from "./en/column";
import { list } from "./en/list";
import { tab } from "./en/tab";
import { sts } from "./en/sts";
import { ordinal } from "./en/ordinal";
import { pod } from "./en/pod";
import { container } from "./en/container";
import { revision } from "./en/revision";
import { claim } from "./en/claim";
import { event } from "./en/event";
import { log } from "./en/log";
import { terminal } from "./en/terminal";
import { fact } from "./en/fact";
import { yaml } from "./en/yaml";
import { diff } from "./en/diff";
import { data } from "./en/data";
import { secret } from "./en/secret";
import { node } from "./en/node";
import { business } from "./en/business";
import { quota } from "./en/quota";
import { member } from "./en/member";
import { credential } from "./en/credential";
import { role } from "./en/role";
import { cluster } from "./en/cluster";
import { provider } from "./en/provider";
import { user } from "./en/user";
import { rule } from "./en/rule";
import { form } from "./en/form";
import { volume } from "./en/volume";
import { env } from "./en/env";
import { probe } from "./en/probe";
import { service } from "./en/service";
import { why } from "./en/why";

export const en = {
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
} as const;
