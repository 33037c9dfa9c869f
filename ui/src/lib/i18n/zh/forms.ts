/** 中文造句用的几种写法。 */
import { format } from '../format';

export const f = format('zh-CN');
/** 公元前的年份照中文的习惯写。 */
export const year = (y: number) => (y < 0 ? `公元前 ${-Math.round(y)} 年` : `${Math.round(y)}`);
export const around = (y: number) => (y < 0 ? year(y) : ` ${year(y)} 年`);
export const titled = (title: string) => `《${f.apart(title)}》`;
const EAST = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** 句末的名字：西文名前空一格。 */
export const last = (name: string) => `${EAST.test(name.charAt(0)) ? '' : ' '}${f.apart(name)}`;
/** 句中的名字：西文名两边各空一格。 */
export const amid = (name: string) => `${last(name)}${EAST.test(name.charAt(name.length - 1)) ? '' : ' '}`;
export const quoted = (name: string) => `“${f.apart(name)}”`;
/** 列表中的名次，从一起。 */
export const nth = (n: number) => `第 ${f.number(n)} 位`;
