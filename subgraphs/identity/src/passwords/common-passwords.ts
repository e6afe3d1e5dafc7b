/**
 * Passwords that guessing tools try first, in lower case. Short: the length rule already keeps out most of the
 * well-known lists, so what stands here is chiefly what people write to get past such a rule.
 */
const LIST = `
secure123 secure1234 secure12345 password password1 password12 password123 password1234 password12345 password!1
passw0rd123 p@ssword123 p@ssw0rd123 p@ssw0rd1234 mypassword mypassword1 yourpassword newpassword newpassword1
1234567890 12345678910 0123456789 0987654321 9876543210 1111111111 0000000000 1122334455 1q2w3e4r5t 1q2w3e4r5t6y
1qaz2wsx3edc q1w2e3r4t5 qwertyuiop qwertyuiop1 qwertyuiop123 qwerty12345 qwerty123456 qwerty1234567 asdfghjkl1
asdfghjkl123 zxcvbnm123 zxcvbnm1234 qazwsxedcrfv abcdefghij abcdefghijk abc1234567 abcd123456 abcd1234567 a123456789
aa12345678 aa123456789 iloveyou123 iloveyou1234 welcome123 welcome1234 welcome12345 changeme123 changeme1234
letmein123 letmein1234 letmein12345 administrator administrator1 admin12345 admin123456 admin1234567 adminadmin
administrator123 superadmin supervisor supervisor1 supervisor123 operator123 operator1234 callcenter callcenter1
callcenter123 telephony123 football123 baseball123 basketball princess123 sunshine123 superman123 liverpool123
trustno1trustno1 michelle123 charlie1234 dragon12345 monkey12345 master12345 login123456 test123456 test1234567
testtest123 default123 default1234 temppassword guest12345 root123456 rootroot123 computer123 internet123 samsung123
`;

const COMMON = new Set(LIST.split(/\s+/).filter(Boolean));

export const isCommonPassword = (password: string): boolean => COMMON.has(password.toLowerCase());
