//! Open data as its readers take it: whole files of a small site, the same on every day, and none over another file.

use crate::samples::{CONFIG, notice};
use crate::site::Site;

/// A site with a notice of every state: full, corrected, withdrawn, urgent, a tip with little.
fn site() -> Site {
    let site = Site::with_config(&format!(
        "{CONFIG}license: {{name: 署名许可（示例）, url: \"https://www.example.gov.cn/license\"}}\nbanner: 示例。\n"
    ));
    let full = notice("2024-001", "磁力珠会造成肠穿孔（示例）").replace(
        "audience:",
        "category: 磁力珠\nhazards: [窒息]\nproducts:\n  - {name: 磁力珠, brand: 品牌甲, model: X-1, batch: \"C14-P6/P7,20240101～20240103\", barcode: \"2010000010075\", maker: 示例生产者A, sold: 网络店铺}\n  - {name: \"=磁力球\", batch: 见说明书的批号}\nsampling: {batches: 20, failed: 3}\nmonitored_on: 2024-04-10\nstandards: [GB 6675.2-2014, GB 6675.1-2014]\nexpires: 2024-08-01\naudience:",
    );
    site.draft("2024-001", &full).approve("2024-001");
    site.draft("2024-002", &notice("2024-002", "甲（示例）")).approve("2024-002");
    site.withdraw("2024-002");
    site
}
