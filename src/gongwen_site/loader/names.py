"""Personal names in bylines: is a string one, and how a spaced one (方 圆) is written."""

import re

from gongwen_site.chinese.typography import HAN

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞"
    "任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成"
    "戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干"
    "解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮储靳邴糜松井段富巫乌焦巴弓牧隗山谷车侯全班仰秋"
    "仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬"
    "申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文"
    "寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖付闫代"
    "鲜覃仝佟初苑由祖冼楚佘仓亓矫弥"
)
_TRANSCRIBING = frozenset(
    "阿埃艾安昂奥巴拜班邦贝本比毕别宾波伯博布查达戴丹德登邓迪蒂丁东杜顿多厄恩尔法凡范菲费芬丰弗福夫富盖甘冈高戈格葛贡古瓜哈海罕汉"
    "赫亨洪胡华惠霍基吉加贾杰金津卡凯坎康考科克肯库昆夸奎拉莱兰朗劳勒雷里利力丽莉林琳隆卢鲁伦罗洛吕马玛迈麦买曼梅门蒙米密明默莫姆木"
    "穆纳娜南内尼宁诺努欧帕潘佩彭皮平珀普奇齐乔切琼丘热日荣茹瑞若萨塞赛桑瑟森沙山尚舍申圣施什史斯丝苏索塔台泰坦汤唐特腾滕提田廷图"
    "托瓦万旺威韦维魏温文沃乌吾西希锡夏肖谢辛欣休雅亚延扬杨耶叶伊依因英尤于约泽扎詹珍兹孜佐卜买江居娃措旦珠巴桑次仁卓玛央金罕古孜吐逊力江木娜依丽提汗沙肉坎牙迪合麦热孜古"
)
_COMPOUND = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "司徒",
    "东方",
    "端木",
    "夏侯",
    "宇文",
)
_DOTTED = 40  # characters that no transcribed name exceeds
_NO_NAMES = frozenset(
    {
        *(
            "关闭",
            "关注",
            "全文",
            "全部",
            "高清",
            "广告",
            "应用",
            "国际",
            "国内",
            "文化",
            "文娱",
            "财经",
            "金融",
            "安全",
            "房产",
        ),
        *(
            "车市",
            "游戏",
            "时政",
            "时间",
            "单位",
            "查看",
            "展开",
            "终审",
            "党建",
            "席位",
            "余额",
            "万元",
            "常见",
            "相关",
            "公告",
            "公示",
        ),
    }
)
"""Words of a page's furniture that begin as names do."""
_PLACE_ENDS = frozenset("省市县区镇乡旗厂局")
_HAN_ONLY = re.compile(rf"[{HAN}]+")
_FOREIGN = re.compile(rf"[{HAN}]{{1,8}}(?:[·•・][{HAN}A-Z]{{1,8}}){{1,4}}")


def is_foreign_name(text: str) -> bool:
    """Return whether `text` is a transcribed name with its middle dot: 阿卜杜拉·库尔班."""
    if len(text) > _DOTTED or not _FOREIGN.fullmatch(text):
        return False
    letters = [character for character in text if character not in "·•・"]
    return sum(character in _TRANSCRIBING for character in letters) >= 0.7 * len(letters)


def is_name(text: str) -> bool:
    """Return whether `text`, without blanks, has the form of a Chinese name or of a transcribed one."""
    if is_foreign_name(text):
        return True
    if not 2 <= len(text) <= 4 or not _HAN_ONLY.fullmatch(text) or text in _NO_NAMES:
        return False
    if text[:2] in _COMPOUND:
        return len(text) >= 3
    return text[0] in _SURNAMES and len(text) <= 3 and text[-1] not in _PLACE_ENDS


def could_be_name(text: str) -> bool:
    """Return whether `text` may be a name where a role already says that one follows: any two to four characters."""
    dotted = len(text) <= _DOTTED and bool(_FOREIGN.fullmatch(text))
    return dotted or (2 <= len(text) <= 4 and bool(_HAN_ONLY.fullmatch(text)))
