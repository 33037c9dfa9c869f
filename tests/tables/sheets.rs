//! Workbooks and spreadsheets, as they are, hostile and damaged.

use curio_engine::behaviour::Action;
use curio_engine::catalogue::Kind;
use curio_engine::view::{Look, What};
use curio_engine::{ImportOptions, Watch};
use proptest::prelude::*;

use super::Desk;
use crate::archives::zipped;

/// A workbook of sheets, each the XML of its rows; `shared` are the texts that cells share.
fn workbook(sheets: &[(&str, &str)], shared: &str) -> Vec<u8> {
    let list: String = (1..)
        .zip(sheets)
        .map(|(n, (name, _))| format!("<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>"))
        .collect();
    let rels: String = (1..=sheets.len())
        .map(|n| {
            format!(
                "<Relationship Id=\"rId{n}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"
            )
        })
        .collect();
    let book = format!(
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{list}</sheets></workbook>"
    );
    let rels = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{rels}</Relationships>"
    );
    let styles = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>";
    let bodies: Vec<(String, String)> = (1..)
        .zip(sheets)
        .map(|(n, (_, rows))| {
            (
                format!("xl/worksheets/sheet{n}.xml"),
                format!("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"),
            )
        })
        .collect();
    let mut members: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/sharedStrings.xml", shared.as_bytes()),
    ];
    for (name, body) in &bodies {
        members.push((name, body.as_bytes()));
    }
    zipped(&members)
}

const NOTHING_SHARED: &str = "<sst count=\"0\" uniqueCount=\"0\"></sst>";

/// A cell of text.
fn text(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn spreadsheet(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"Films\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content.as_bytes()),
    ])
}

fn p(text: &str) -> String {
    format!(
        "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
    )
}

#[test]
fn a_workbook_keeps_dates_numbers_and_places() {
    let desk = Desk::new();
    let header = format!(
        "<row r=\"3\">{}{}<c r=\"C3\" t=\"s\"><v>0</v></c>{}{}</row>",
        text("A3", "title"),
        text("B3", "year"),
        text("D3", "watched"),
        text("E3", "seen on")
    );
    let rows = "<row r=\"4\"><c r=\"A4\" t=\"s\"><v>1</v></c><c r=\"B4\"><v>1979</v></c><c r=\"C4\"><v>0.5</v></c><c r=\"D4\" t=\"b\"><v>1</v></c><c r=\"E4\" s=\"1\"><v>44562</v></c></row>\
        <row r=\"7\"><c r=\"B7\"><v>1972</v></c></row>";
    let shared = "<sst count=\"2\" uniqueCount=\"2\"><si><t>share</t></si><si><t>Сталкер, 潜行者\nagain</t></si></sst>";
    let bytes = workbook(
        &[
            (
                "Notes",
                &format!("<row r=\"1\">{}</row>", text("A1", "hello")),
            ),
            ("Films", &format!("{header}{rows}")),
        ],
        shared,
    );
    let imported = desk.import("films.xlsx", bytes);
    assert_eq!((imported.stored, imported.rejected), (1, 1), "{imported:?}");
    let item = desk.item("Сталкер, 潜行者 again");
    assert_eq!(item.year.unwrap().value, 1979.0);
    assert_eq!(item.extra["share"], "0.5");
    assert_eq!(item.extra["watched"], "true");
    assert_eq!(item.extra["seen on"], "2022-01-01");
    // The row and the file are those of the workbook.
    assert_eq!(imported.rejects[0].line, 7);
    assert!(imported.file.ends_with("films.xlsx"), "{}", imported.file);
    let rejected = imported.rejected_file.unwrap();
    assert!(rejected.ends_with("films.xlsx.rejected.csv"), "{rejected}");
    let notes = imported.notes.join("\n");
    assert!(notes.contains("read from the sheet \"Films\""), "{notes}");
    assert!(notes.contains("\"Notes\" is left out"), "{notes}");
    assert!(!notes.contains("delimiter"), "{notes}");
}

#[test]
fn every_sheet_that_is_a_table_is_one_part() {
    let desk = Desk::new();
    let sheet = |title: &str| {
        format!(
            "<row r=\"1\">{}{}</row><row r=\"2\">{}<c r=\"B2\"><v>2001</v></c></row>",
            text("A1", "title"),
            text("B1", "year"),
            text("A2", title)
        )
    };
    let bytes = workbook(
        &[("One", &sheet("Alpha")), ("Two", &sheet("Beta"))],
        NOTHING_SHARED,
    );
    let imported = desk.import("two.xlsx", bytes);
    assert_eq!(imported.stored, 2);
    let files: Vec<&str> = imported
        .parts
        .iter()
        .map(|part| part.file.as_str())
        .collect();
    assert!(
        files[0].ends_with("two.xlsx/One") && files[1].ends_with("two.xlsx/Two"),
        "{files:?}"
    );
    desk.item("Alpha");
    desk.item("Beta");
}

#[test]
fn a_spreadsheet_says_what_its_values_say() {
    let desk = Desk::new();
    let rows = format!(
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
         <table:table-row>{}{}{}</table:table-row>\
         <table:table-row><table:table-cell office:value-type=\"string\"><office:annotation><text:p>a note</text:p></office:annotation><text:p>Tom &amp; Jerry<text:s text:c=\"2\"/>&#x21;</text:p><text:p>Two</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"float\" office:value=\"1992\"><text:p>1,992.00</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"date\" office:date-value=\"2020-05-06\"><text:p>6 May</text:p></table:table-cell></table:table-row>\
         <table:table-row>{}{}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>",
        p("title"),
        p("year"),
        p("seen"),
        p(""),
        p("12x")
    );
    let imported = desk.import("films.ods", spreadsheet(&rows));
    assert_eq!((imported.stored, imported.rejected), (1, 1), "{imported:?}");
    assert_eq!(imported.rejects[0].line, 5);
    let item = desk.item("Tom & Jerry ! Two");
    assert_eq!(item.year.as_ref().unwrap().value, 1992.0);
    let shown = serde_json::to_string(&item).unwrap();
    assert!(!shown.contains("a note"), "{shown}");
}

#[test]
fn hostile_workbooks_cost_a_message() {
    let desk = Desk::new();
    let row = format!(
        "<row r=\"1\">{}{}</row>",
        text("A1", "title"),
        text("B1", "year")
    );
    let absurd = "<sst count=\"1\" uniqueCount = '999999999999999'></sst>";
    assert!(
        desk.refusal("count.xlsx", workbook(&[("S", &row)], absurd))
            .contains("absurd")
    );
    let hidden = format!(
        "<sst uniqueCount{}='99999999999'></sst>",
        " ".repeat(100_000)
    );
    assert!(
        desk.refusal("far.xlsx", workbook(&[("S", &row)], &hidden))
            .contains("absurd")
    );
    let far = "<row r=\"9999999\"><c r=\"XFE9999999\"><v>1</v></c></row>";
    desk.refusal("far.xlsx", workbook(&[("S", far)], NOTHING_SHARED));
    assert!(
        desk.refusal("none.xlsx", workbook(&[("S", "")], NOTHING_SHARED))
            .contains("empty")
    );
    desk.refusal(
        "broken.xlsx",
        workbook(&[("S", "<row><c r=\"A1\"><v>")], NOTHING_SHARED),
    );
    let bomb = " ".repeat(80 << 20);
    assert!(
        desk.refusal("bomb.xlsx", workbook(&[("S", &bomb)], NOTHING_SHARED))
            .contains("absurd")
    );
    assert!(
        desk.refusal("old.xlsx", b"\xd0\xcf\x11\xe0 and so on")
            .contains("password")
    );
    desk.refusal("noise.xlsx", [7_u8; 4096]);
    let named = desk.import("really.xlsx", "title,year\nA CSV all the same,1999\n");
    assert_eq!(named.stored, 1);

    let wide = format!(
        "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\"><text:p>{}</text:p></table:table-cell></table:table-row>",
        "x".repeat(2000)
    );
    assert!(
        desk.refusal("wide.ods", spreadsheet(&wide))
            .contains("larger than 16 MB")
    );
    desk.refusal("cut.ods", spreadsheet("<table:table-row>"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn damaged_workbooks_are_read_or_refused(at in 0.0..1.0_f64, bytes in prop::collection::vec(any::<u8>(), 1..6), which in 0..3) {
        let desk = Desk::new();
        let row = format!("<row r=\"1\">{}{}</row><row r=\"2\">{}<c r=\"B2\" s=\"1\"><v>44562</v></c></row>", text("A1", "title"), text("B1", "seen"), text("A2", "Alpha"));
        let damage = |text: &str| {
            let mut text = text.as_bytes().to_vec();
            let place = (at * text.len() as f64) as usize;
            for (byte, to) in text.iter_mut().skip(place).zip(&bytes) {
                *byte = *to;
            }
            String::from_utf8_lossy(&text).into_owned()
        };
        let shared = "<sst count=\"1\" uniqueCount=\"1\"><si><t>a</t></si></sst>";
        let (name, file) = match which {
            0 => ("a.xlsx", workbook(&[("S", &damage(&row))], shared)),
            1 => ("a.xlsx", workbook(&[("S", &row)], &damage(shared))),
            _ => ("a.ods", spreadsheet(&damage(&format!("<table:table-row>{}{}</table:table-row>", p("title"), p("year"))))),
        };
        let path = desk.file(name, file);
        // Whatever it says, it comes back.
        let _ = desk.engine.import(&path, &ImportOptions::default(), 0, &Watch::NONE);
    }
}

#[test]
fn the_name_of_a_sheet_says_what_was_done_with_its_items() {
    let desk = Desk::new();
    let row = |number: usize, cells: &[&str]| {
        let cells = ('A'..)
            .zip(cells)
            .map(|(c, cell)| text(&format!("{c}{number}"), cell));
        format!("<row r=\"{number}\">{}</row>", cells.collect::<String>())
    };
    let marks = |title: &str, link: &str| {
        let names = [
            "标题",
            "简介",
            "豆瓣评分",
            "链接",
            "创建时间",
            "我的评分",
            "标签",
            "评论",
        ];
        row(1, &names)
            + &row(
                2,
                &[title, "2001 / 美国", "8.1", link, "2020-01-02 12:00:00"],
            )
    };
    let link = |sort: &str| format!("https://{sort}.douban.com/subject/{}/", sort.len());
    let texts = row(
        1,
        &[
            "标题",
            "评论对象",
            "链接",
            "创建时间",
            "我的评分",
            "类型",
            "内容",
        ],
    ) + &row(
        2,
        &["Long", "《A》", "u", "2020-01-02", "4", "影评", "words"],
    );
    let (seen, wanted) = (
        marks("A", &link("movie")),
        marks("C", "https://www.douban.com/game/7/"),
    );
    let reading = marks("B", &link("book"));
    let sheets = [
        ("看过", &*seen),
        ("在读", &reading),
        ("想玩", &wanted),
        ("影评", &texts),
    ];
    let imported = desk.import("豆伴(1).xlsx", workbook(&sheets, NOTHING_SHARED));
    assert_eq!((imported.stored, imported.format.as_str()), (3, "douban"));
    let notes = imported.notes.join("\n");
    assert!(notes.contains("\"影评\" is left out"), "{notes}");
    let ann = desk.engine.find_profile("Ann").unwrap();
    let look = Look {
        limit: 10,
        ..Look::default()
    };
    let log = desk.engine.activity(ann, &look).unwrap();
    for (title, kind, action) in [
        ("A", Kind::Film, Action::Finish),
        ("B", Kind::Book, Action::Open),
        ("C", Kind::Game, Action::Want),
    ] {
        let item = desk.item(title);
        assert_eq!(item.kind, kind, "{title}");
        let did = log
            .iter()
            .find(|line| line.item.as_ref().is_some_and(|i| i.id == item.id));
        let did = did.map(|line| &line.what);
        assert!(
            matches!(did, Some(What::Act { action: found, .. }) if *found == action),
            "{title}: {did:?}"
        );
    }
}
