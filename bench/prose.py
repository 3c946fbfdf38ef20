"""Words and sentences of the corpus: Chinese of the kind that profiles are written in, about nobody."""
SURNAMES = ("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏"
            "魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
            "万钱严覃武戴莫孔向汤")
GIVEN = ("建国华志明伟强军平东海波涛峰磊刚勇斌健飞鹏宇浩杰俊文武斐然秀英兰芳桂玉梅丽娟敏静雅淑慧巧春"
         "雪晴欣怡佳琪思雨子涵梓轩博瀚景行怀瑾乐山云舒润泽清远致和安宁守正")
FIELDS = ["医疗卫生", "基础教育", "乡村振兴", "科技创新", "先进制造", "社区服务", "消防救援", "生态保护",
          "公共交通", "文化传承", "志愿服务", "水利建设"]
PLACES = ["东河", "青山", "南浦", "云溪", "白石", "临江", "长宁", "安平", "金沙", "海棠", "龙泉", "石桥",
          "柳林", "银杏", "北湾", "丰乐"]
ORGANISATIONS = ["第一人民医院", "实验小学", "机械制造厂", "农业技术推广站", "消防救援站", "公交三分公司",
                 "水务管理所", "文化馆", "社区居委会", "环境监测站", "职业技术学院", "供电所"]
POSTS = ["主任医师", "高级教师", "高级技师", "农艺师", "班长", "驾驶员", "工程师", "馆员", "网格员", "技术员",
         "讲师", "抢修队长"]
TAGS = ["敬业", "奉献", "创新", "诚信", "互助", "匠心", "坚守", "担当", "孝亲", "先锋", "勤廉", "公益"]
TRAITS = ["踏实", "细致", "坚韧", "谦和", "果断", "热忱", "严谨", "朴素"]
THINGS = ["一本磨破了边的工作笔记", "一套自己改装的工具", "一条通往村口的水泥路", "一间临时搭起的会议室",
          "一台老旧的检测仪", "一份反复修改的方案", "一面写满感谢的锦旗", "一只用了十二年的药箱"]
WITNESSES = ["同事们", "徒弟们", "街坊邻居", "年轻人", "村里的老人", "班组的伙伴", "学生家长", "来访的群众"]
ACTS = ["把标准再提高一格", "把问题解决在现场", "把每个细节都记下来", "先到一步再走一步", "把经验教给更多的人",
        "用数据说话", "把难题拆成小事", "不让一户掉队"]
TIMES = ["入夏以来", "那年冬天", "参加工作之初", "汛期最紧张的一周", "项目攻关阶段", "疫情防控期间",
         "每逢节假日", "换岗以后", "筹备评选的日子里", "最近三年"]
RESULTS = ["差错率下降了{a}%", "服务覆盖了{b}户家庭", "为单位节约成本{c}万元", "带出了{d}名技术骨干",
           "累计行程超过{e}公里", "整理档案{b}余册", "完成改造{d}处", "走访群众{b}余人次"]
QUOTES = ["把平凡的事做一千遍，就是不平凡。", "群众的事没有小事。", "手上的茧子，是最好的勋章。",
          "守住一方平安，就是守住初心。", "答应了的事，就要做到。"]
SENTENCES = [
    "{t}，{n}总是第一个到岗，最后一个离开，{w}说，{p}身上有一股{r}的劲头。",
    "{t}，{n}带着{w}反复试验，终于使{res}，这个数字至今仍被人提起。",
    "在{pl}，很多人都见过{th}，那是{n}多年坚持{act}的见证。",
    "“工作没有大小之分，关键是要{act}。”{n}常常这样提醒{w}。",
    "{w}回忆说，{t}条件十分艰苦，{p}却很少提起困难，只是默默地{act}。",
    "为了摸清情况，{p}用了{d}个星期走遍{pl}的每一个角落，写下{b}多条记录。",
    "单位评价{p}：作风{r}，业务精湛，善于{act}，是一名让人放心的骨干。",
    "后来的统计显示，{res}，同时群众满意度达到{a2}%。",
    "{n}说，荣誉属于集体，自己只是做了应当做的事，今后还要继续{act}。",
    "从青丝到鬓白，{p}始终守在{pl}一线，把{r}写进了每一个平凡的日子。",
    "{t}，单位组建攻关小组，{n}主动请缨，与{w}一起吃住在现场。",
    "遇到争议时，{p}不急着下结论，而是请{w}坐下来，一件一件地说清楚。",
    "面对新技术，{p}从零学起，白天请教专家，晚上整理笔记，半年后{res}。",
    "{p}的办公桌上放着{th}，旁边是一张写着“{act}”的便签。",
    "如今，{pl}的面貌焕然一新，{w}都说，这里面有{n}的一份心血。",
    "家人起初并不理解，直到亲眼看见{w}把{th}送到家门口，才明白{p}为何如此投入。",
]


def sentence(dice, name, pronoun):
    numbers = dict(a=dice.randint(8, 46), b=dice.randint(120, 2600), c=dice.randint(10, 480), d=dice.randint(3, 28),
                   e=dice.randint(10, 90) * 1000)
    place = dice.choice(PLACES) + dice.choice(("镇", "区", "街道", "村"))
    return dice.choice(SENTENCES).format(
        t=dice.choice(TIMES), n=name, p=pronoun, w=dice.choice(WITNESSES), r=dice.choice(TRAITS), pl=place,
        th=dice.choice(THINGS), act=dice.choice(ACTS), res=dice.choice(RESULTS).format(**numbers),
        a2=90 + dice.randint(0, 99) / 10, b=numbers["b"], d=numbers["d"])


def paragraph(dice, name, pronoun, length):
    """Whole sentences of at least `length` characters together, one of them in bold."""
    sentences, characters = [], 0
    while characters < length:
        sentences.append(sentence(dice, name, pronoun))
        characters += len(sentences[-1])
    chosen = dice.randrange(len(sentences))
    sentences[chosen] = f"**{sentences[chosen][:-1]}**{sentences[chosen][-1]}"
    return "".join(sentences)
