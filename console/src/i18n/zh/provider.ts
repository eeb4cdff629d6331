import type { provider as keys } from "../en/provider";

export const provider: Readonly<Record<keyof typeof keys, string>> = {
  "provider.title": "统一身份认证",
  "provider.help":
    "OpenID Connect 颁发者的用户可与使用密码的用户并存。更换颁发者、用户组声明、前缀或管理员组，以及移除此配置，都会使其所有用户退出登录。",
  "provider.redirectUri": "回调地址",
  "provider.redirectUriHint": "需在颁发者处登记；控制台有几个访问地址就登记几个",
  "provider.issuer": "颁发者",
  "provider.issuerHint": "与其自身声明的地址完全一致；保存前会先访问它",
  "provider.clientId": "客户端 ID",
  "provider.clientSecret": "客户端密钥",
  "provider.clientSecretHint": "留空：颁发者和客户端未变时保持原值",
  "provider.scopes": "授权范围",
  "provider.groupsClaim": "用户组声明",
  "provider.groupsClaimHint": "ID Token 中的字段；留空：不使用用户组",
  "provider.groupsPrefix": "用户组前缀",
  "provider.groupsPrefixHint": "用户组在集群中的前缀，以冒号结尾",
  "provider.adminGroup": "管理员组",
  "provider.adminGroupHint": "该组成员为平台管理员；填写颁发者处的组名；留空：无",
  "provider.certificateAuthority": "CA 证书",
  "provider.certificateAuthorityHint": "PEM 格式；留空：使用系统信任的证书",
  "provider.removeQuestion": "移除 {issuer}？其用户会被退出登录，且无法再登录。",
};
