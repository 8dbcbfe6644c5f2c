//! What editors are told: `schema`, and the files that `init` leaves for them.

use crate::site::Site;

const SCHEMA: &str = ".vscode/jingshi.schema.json";

#[test]
fn the_schema_is_printed_or_written_inside_a_site_and_outside() {
    let (site, nowhere) = (Site::new(), Site::fresh());
    let printed = site.run(&["schema"]).exits(0);
    assert_eq!(printed.stdout, site.read(SCHEMA), "what `init` wrote");
    assert_eq!(nowhere.run(&["schema"]).exits(0).stdout, printed.stdout);
    std::fs::remove_file(site.path(SCHEMA)).unwrap();
    let written = site.run(&["schema", "--output", SCHEMA]).exits(0).says("已写入");
    assert_eq!((written.stdout.as_str(), site.read(SCHEMA)), ("", printed.stdout));
    site.run(&["schema", "--output", "没有这里/a.json"]).exits(4).says("没有写出");
    site.run(&["schema", "--output", "content"]).exits(4).says("不是普通文件").says("没有写出");
    nowhere.run(&["--site", "没有这里", "schema"]).exits(2).says("没有写出");
}

#[test]
#[cfg(unix)]
fn what_a_link_leads_to_is_replaced_and_somebody_elses_run_is_waited_for() {
    let site = Site::new();
    site.write("甲.json", "{}");
    std::os::unix::fs::symlink("甲.json", site.path("乙.json")).unwrap();
    let schema = site.run(&["schema", "--output", "乙.json"]).exits(0);
    assert!(site.path("乙.json").is_symlink() && site.read("甲.json") == site.read(SCHEMA), "{}", schema.stdout);
    // As an interrupted run leaves it, and then as one that is at work does.
    site.write(".丙.json.jingshi", "{");
    let held = std::fs::File::open(site.path(".丙.json.jingshi")).unwrap();
    held.lock().unwrap();
    site.run(&["schema", "--output", "丙.json"]).exits(4).says("output-locked").says("没有写出");
    assert!(!site.path("丙.json").exists() && site.read(".丙.json.jingshi") == "{");
    held.unlock().unwrap();
    site.run(&["schema", "--output", "丙.json"]).exits(0);
    assert!(!site.path(".丙.json.jingshi").exists() && site.read("丙.json") == site.read(SCHEMA));
}

#[test]
fn a_faulty_configuration_gives_no_schema() {
    Site::with_config("title: 甲\n").run(&["schema"]).exits(2).says("没有写出");
}

#[test]
fn the_terms_of_the_site_are_in_its_schema() {
    let term = "vocabularies:\n  hazard:\n    - {name: 中毒, slug: poisoning}\n";
    let site = Site::with_config(&format!("{}{term}", crate::samples::CONFIG));
    let schema = site.run(&["schema"]).exits(0).stdout;
    assert!(schema.contains("中毒") && schema.contains("poisoning"));
    assert_ne!(schema, site.read(SCHEMA), "`init` knew nothing of it");
}
