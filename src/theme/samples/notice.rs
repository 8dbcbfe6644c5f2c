//! Notices: full, bare, withdrawn.

use super::*;

const FINDINGS: &[&str] = &[
    "序号",
    "受检单位",
    "产品名称",
    "标称生产单位",
    "商标",
    "规格型号",
    "生产日期/批号",
    "不合格项目",
    "标准值",
    "实测值",
    "检验机构",
    "备注",
];

fn findings() -> TableView<'static> {
    let rows = (1..=20).map(|number| {
        let odd = number % 2 == 1;
        let (item, limit, found) = if odd {
            ("吸收碰撞能量性能", "≤300g", "412g")
        } else {
            ("佩戴装置强度（动态伸长量）", "≤35mm", "48mm")
        };
        let model: &'static str = keep(format!("X-{number}（均码）"));
        let batch: &'static str = keep(format!("2024-01-{number:02} / C14-P{number}"));
        let index: &'static str = keep(number.to_string());
        let note = if number == 3 { "企业对结果有异议，复检后维持原结论" } else { "" };
        vec![
            index,
            "某电动车配件经营部",
            "电动自行车乘员头盔",
            "某运动用品制造单位",
            "品牌甲",
            model,
            batch,
            item,
            limit,
            found,
            "某产品质量监督检验机构",
            note,
        ]
    });
    TableView {
        caption: s("电动自行车头盔抽检不合格产品"),
        common: vec![FactView { label: "检验项目", value: "全项" }],
        head: FINDINGS.to_vec(),
        rows: rows.collect(),
    }
}

fn products() -> TableView<'static> {
    TableView {
        caption: s("涉及的产品"),
        common: vec![FactView { label: "销售地", value: "原平市" }],
        head: vec!["名称", "品牌", "型号", "批号", "条形码", "生产者", "销售期间"],
        rows: vec![
            vec![
                "电动自行车头盔",
                "品牌甲",
                "X-1",
                "C14-P6/P7，M14-P6/P7",
                "2001234567893",
                "某运动用品制造单位",
                "2024年1月至4月",
            ],
            vec!["电动自行车头盔（夏季款）", "品牌甲", "X-2", "2024-01-08", "2001234567909", "某运动用品制造单位", ""],
        ],
    }
}

const BODY: &str = "<h2 id=\"why\">为什么危险</h2>\n<p>经监测，这批头盔的缓冲层没有盖住标准规定的保护区，碰撞时冲击力直接传到颅骨，存在颅脑损伤的风险。标准 GB 811-2022 自2023年7月1日起实施，适用于摩托车、电动自行车乘员头盔。</p>\n<blockquote><p>头盔外观完好不等于能保护人：缓冲层在里面，看不见。</p></blockquote>\n<h3 id=\"how\">怎么自己看</h3>\n<ul>\n<li>一看标志：A 类供摩托车和电动自行车用，B 类只供电动自行车用。</li>\n<li>二看证书：在 <a href=\"https://cx.cnca.cn\">cx.cnca.cn</a> 查强制性认证。</li>\n<li>三看缓冲层：取下内衬，厚薄应当均匀。</li>\n</ul>\n<table><thead><tr><th>类别</th><th>适用</th></tr></thead><tbody><tr><td>A 类</td><td>摩托车、电动自行车</td></tr><tr><td>B 类</td><td>仅电动自行车</td></tr></tbody></table>\n<p><img src=\"../../n/2024-017/b.svg\" alt=\"缓冲层示意图\" width=\"800\" height=\"300\"></p>";

/// A notice in full, corrected twice.
pub fn full_notice() -> NoticeView<'static> {
    let version = |version, event, day, what: &str, why: &str| VersionView {
        version,
        event,
        published: time(day, "16:20"),
        href: format!("n/2024-017/v{version}/index.html"),
        shown: version == 3,
        what: s(what),
        why: s(why),
    };
    let entry = entries().swap_remove(1);
    NoticeView {
        id: "2024-017",
        version: 3,
        title: keep(entry.title),
        summary: "抽检 40 批次电动自行车头盔，9 批次的缓冲层没有盖住规定的保护区，碰撞时不能有效保护头部。请对照型号和生产日期，立即停止使用。",
        kind: warning(),
        level: level(1),
        categories: vec![
            term("日用消费品", "daily-goods", "categories/"),
            term("电动自行车头盔", "e-bike-helmets", "categories/"),
        ],
        audience: vec![term("所有消费者", "all-consumers", "audience/"), term("老年人", "elderly", "audience/")],
        hazards: vec![term("跌落", "falls", "hazards/"), term("其他伤害", "other-injury", "hazards/")],
        marks: vec![mark("urgent"), mark("corrected"), mark("reposted")],
        actions: texts(&[
            "立即停止使用下表所列型号的头盔，不要转送或转卖。",
            "带头盔和购物凭证，到购买处退货、换货；商家拒绝的，拨打 12315。",
            "更换头盔时认准强制性认证标志，骑行时系紧系带。",
        ]),
        image: Some(ImageView {
            src: s("n/2024-017/a.svg"),
            alt: s("头盔内侧标签的位置：型号和生产日期印在后脑内衬下面"),
            width: 1200,
            height: 675,
        }),
        products: Some(products()),
        body_html: s(BODY),
        sampling: Some(SamplingView { batches: 40, failed: 9 }),
        findings: Some(findings()),
        measures: vec!["发布警示提示", "约谈", "责令召回", "下架", "通报行业主管部门"],
        monitored: Some(DayView { iso: s("2024-04-19"), chinese: s("2024年4月19日") }),
        standards: texts(&["GB 811-2022《摩托车、电动自行车乘员头盔》"]),
        sources: vec!["检验检测机构检测", "消费者投诉举报"],
        attachments: vec![
            AttachmentView {
                href: s("n/2024-017/list.xlsx"),
                title: s("不合格产品名单（含全部检验数据，供下载核对）"),
                format: s("XLSX"),
                size: s("48 KB"),
            },
            AttachmentView {
                href: s("n/2024-017/poster.pdf"),
                title: s("张贴用海报"),
                format: s("PDF"),
                size: s("1.2 MB"),
            },
        ],
        related: entries().into_iter().skip(2).take(2).collect(),
        origin: Some(OriginView {
            source: s("省级市场监督管理部门"),
            url: s("https://example.gov.cn/origin?a=1&b=2"),
            date: s("2024年4月18日"),
        }),
        issuer: "原平市市场监督管理局",
        published: time(24, "16:20"),
        first_published: time(22, "09:00"),
        expires: s("2025年4月21日"),
        change: Some(ChangeView {
            what: "产品表增加型号 X-2。", why: "收到销售者报告，同批次内衬也用于夏季款。"
        }),
        versions: vec![
            version(3, "更正", 24, "产品表增加型号 X-2。", "收到销售者报告，同批次内衬也用于夏季款。"),
            version(2, "更正", 23, "批号 C14-P6 改为 C14-P6/P7。", "抄录时漏了一个批号。"),
            version(1, "发布", 22, "", ""),
        ],
        sign_offs: ["初审", "复审", "终审"]
            .iter()
            .zip([9, 11, 16])
            .map(|(stage, hour)| SignOffView { stage: s(stage), at: time(24, &format!("{hour:02}:20")) })
            .collect(),
        url: s("https://example.gov.cn/jingshi/n/2024-017/"),
    }
}

/// A notice with nothing but what is required.
pub fn bare_notice() -> NoticeView<'static> {
    NoticeView {
        id: "2024-001",
        version: 1,
        title: "春节选购电子鞭炮提示",
        summary: "",
        kind: tip(),
        level: None,
        categories: vec![],
        audience: vec![],
        hazards: vec![],
        marks: vec![],
        actions: &[],
        image: None,
        products: None,
        body_html: String::new(),
        sampling: None,
        findings: None,
        measures: vec![],
        monitored: None,
        standards: &[],
        sources: vec![],
        attachments: vec![],
        related: vec![],
        origin: None,
        issuer: "原平市市场监督管理局",
        published: time(1, "09:00"),
        first_published: time(1, "09:00"),
        expires: String::new(),
        change: None,
        versions: vec![],
        sign_offs: vec![],
        url: s("https://example.gov.cn/jingshi/n/2024-001/"),
    }
}

/// A notice on its page.
pub fn notice_page(notice: NoticeView<'static>, full: bool) -> NoticePageView<'static> {
    NoticePageView {
        site: site(full),
        page: page(notice.title, "../../", full),
        notice,
        qr: full.then(|| QrView { size: 33, path: s("m4 4h7v1h-7z") }),
    }
}

/// A withdrawn notice.
pub fn withdrawn_notice() -> NoticeView<'static> {
    let mut notice = full_notice();
    notice.marks = vec![mark("withdrawn"), mark("reposted")];
    notice.body_html = s(
        "<p>经复检，原抽检结论不成立，本局撤销2024年4月22日发布的本警示。已按原警示停用产品的消费者，可以恢复使用。</p>",
    );
    notice.published = time(25, "10:30");
    notice.version = 4;
    notice.change = Some(ChangeView {
        what: "撤销全文。", why: "复检机构认定送检样品与市售产品不是同一批次。"
    });
    notice.versions.iter_mut().for_each(|version| version.shown = false);
    let mut last = notice.versions[0].clone();
    (last.version, last.event, last.shown, last.published) = (4, "撤销", true, time(25, "10:30"));
    (last.what, last.why) = (s("撤销全文。"), s("复检机构认定送检样品与市售产品不是同一批次。"));
    notice.versions.insert(0, last);
    notice
}
