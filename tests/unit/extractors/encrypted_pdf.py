"""Encrypted files of one page that says `secret`: deflated, base 85 (pikepdf, RC4 128 bit).

The first opens with the password x alone; the second asks for a password only where it is to be changed.
"""

import base64
import zlib

USER_PASSWORD = (
    "c-n<iO=}ZD7zRZsd#!j7l~IYHP<Os|XSOU6+ay$MO-*bslEduGq>ZGzaWko{VDTi>bM@dwP?3U&_zMJog5IRyRS~?37jbrzG?5(K"
    "4`%n7_kEuCeP*VxT&m2V%giZ!`1RtCg8&3cbjJxp;4X_b-38bpHQ?Ub?r7l73nSXe8YmVW9jh!5k0s0}z1RQ*-0LmX1-AjoQyatN"
    "KHn&n{F53R9h)woeYqvAT4FBQvMkWv6hc7k+sIf_8#pYhrn^Zmm6kVSsaTf&2LfImP%LK8SOH`DbWDFy$7^OCaA<Q|ZKG2=wuR9p"
    "EfbX|bxo?phVy0b=j$o{{qDk#;}_pIzMh?Zb(%fexpHGaoLxA7={ee0oloB$OdpjOo^73Ydu;mV-p8j0-Vt^Zz6{RnzL|RRdH>$K"
    "$G>+T?w&eVIcO|q#SEwiWqD&|&55qgn{pR)dsCa16u_<bB9r%%b%ln_<zb`d{Bd(DxhZv{247cuX1%<b+31!MS?%aJ3tF-h<@zc<"
    "bOZTA|AwB_jfj;<)hGmW;8sD18E!&>f&iibOCKUc8G(_KiUdu<IOf75k_UoNsFa<P+`~bjq=!AOk+d4sG6?Ok3}z6_SZj7KSiz0T"
    "uyQ-3qn{NJA}s^%^QI>W3>b=th7q^CGGZhWN<)YdrM@jH3N*DPL52iX0fIE(R3fXk(idH|S|jhaQr&bQU=BRIfbV(415I#<A-hib"
    "OgzGTI)NcfCNS)w35-HKiLo)vq@vZfYmlv9ElIL-mY;xn>%ImIxYtVHc4*D!HeMqknbIWUkziOrO`4uS2-D*KBkU0?$1>gS7~l_%"
    "klp(tHMuK{bEi-!S1Zn6JRvIP"
)

OWNER_PASSWORD = (
    "c-n<iJ!lj`6h;dJixw(~1dCVXK!jvxW@mS2$#G!r2PMXfcP1bq%IwbU<@9d%*qaN9t*uxKf`!=F2sSnfVre0WqL!96B6dPB!P&jL"
    "+{zX14>SAC_rCAFH#>#ZN^Kr5xJKd4?<WTa1_ZHx+b9;nT;(m<2cnS%nAdlE63jAJyc4&eR5D~FQX<I(l;c690E4;Q7Jb+ND+}Em"
    "2M_foq1Hd4k&=<>10C9}NYUm?@s3tO`lbkhrQgj|CDFujS`FEc2T7oHQ<a)l8BQ?R8KG24pIibtf12~ZBBPet0)}*KyQ5^H#|~Gr"
    "B7<0DL4B1--Zi?5M^69PTV~JReSdNEefZ$x%<)q*yGySw_y?b_eL5%Zi^W^B=+F7tJ7>BJC*FQr-+%e&;f;HH`>l=A*VjL<mgjED"
    "V`oo3|FHG+@!YTNFKIF(=}}sCF0CcrmswHfCE3}QsvU4Jn*(2E^`uqdad8=KQk;`-ZY^s{Q;E^+;y`Uxx6?M7l{l#PWR#Lt^g^|{"
    "P7b?)opJxhJ!vW)37&`vg)lJdP;_0Ng+B5aB1Bl+w<xh($!&*P0b(vjdX9+|26o7pA9|j}9To)K4l(g53bjYQ3PnAv!aPQ)YD51E"
    "+OS(2XRe22^05X*pE8g6Lb}MaLy5I^K&ZeJQN)P!5JCh~>UbXVJxQ@%a51OC!-#r}23WhT4Ncdz*Q9qli3|+{u7M6OaBSPMA%sH="
    ">wU^rq6y~EDNGkVg%KN1VHA;R%*|mc;q8vzgLMBIah#sB>;yF1cO|%BUar7K(egs3`4aQM71HvV&t1Ziv_hL>Olax<41L6^QIPER"
    "6gZ<Jr2l=MsH`h4V@9D+t=Ejd1E?;5"
)


def unpack(text: str) -> bytes:
    """The file's bytes."""
    return zlib.decompress(base64.b85decode(text))
