//! Pages as the objects of a PDF: pictures of text for the eye, and a tree of what each is for the ear.

use miniz_oxide::deflate::compress_to_vec_zlib;
use pdf_writer::types::{
    ArtifactType, CidFontType, FontFlags, StructRole, SystemInfo, UnicodeCmap,
};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

use crate::face::{Face, Faces};
use crate::layout::{Line, Page, Role};
use crate::limits::{HEIGHT, WIDTH};

/// How hard to press: beyond this a page gets no smaller.
const PRESS: u8 = 6;
const SYSTEM: SystemInfo = SystemInfo {
    registry: Str(b"Adobe"),
    ordering: Str(b"Identity"),
    supplement: 0,
};

/// A thing that is read aloud: what it is, under what it stands, and where its words are.
struct Told {
    id: Ref,
    role: StructRole,
    parent: Ref,
    kids: Vec<Kid>,
}

#[derive(Clone, Copy)]
enum Kid {
    Told(Ref),
    /// On this page, the run with this number.
    Run(Ref, i32),
}

pub fn file(title: &str, pages: &[Page], faces: &Faces) -> Vec<u8> {
    let mut next = Ref::new(1);
    let (catalog, tree, info, document) = (next.bump(), next.bump(), next.bump(), next.bump());
    let page_ids: Vec<Ref> = pages.iter().map(|_| next.bump()).collect();
    let font_ids: Vec<Ref> = faces.all().iter().map(|_| next.bump()).collect();
    let list_ids: Vec<Ref> = pages.iter().map(|_| next.bump()).collect();
    let root = next.bump();
    let (told, owners) = told(pages, &page_ids, document, root, &mut next);

    let mut pdf = Pdf::new();
    let mut head = pdf.catalog(catalog);
    head.pages(tree).lang(TextStr("en"));
    head.viewer_preferences().display_doc_title(true);
    head.mark_info().marked(true);
    head.pair(Name(b"StructTreeRoot"), root);
    head.finish();
    pdf.document_info(info)
        .title(TextStr(title))
        .producer(TextStr("Unruffled"));
    pdf.pages(tree)
        .kids(page_ids.iter().copied())
        .count(number(pages.len()));

    let mut aloud = pdf
        .indirect(root)
        .start::<pdf_writer::writers::StructTreeRoot>();
    aloud.child(document);
    let mut by_page = aloud.parent_tree();
    let mut lists = by_page.nums();
    for (at, id) in list_ids.iter().enumerate() {
        lists.insert(number(at), *id);
    }
    lists.finish();
    by_page.finish();
    aloud.parent_tree_next_key(number(pages.len()));
    aloud.finish();
    for (id, owners) in list_ids.iter().zip(&owners) {
        pdf.indirect(*id).array().items(owners.iter().copied());
    }
    for it in &told {
        element(&mut pdf, it);
    }
    for (at, page) in pages.iter().enumerate() {
        let words = next.bump();
        let mut sheet = pdf.page(page_ids[at]);
        sheet
            .parent(tree)
            .media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT))
            .contents(words)
            .struct_parents(number(at));
        let mut resources = sheet.resources();
        let mut fonts = resources.fonts();
        for (face, id) in faces.all().iter().zip(&font_ids) {
            fonts.pair(Name(face.name.as_bytes()), *id);
        }
        fonts.finish();
        resources.finish();
        sheet.finish();
        let pressed = compress_to_vec_zlib(&picture(page, faces), PRESS);
        pdf.stream(words, &pressed).filter(Filter::FlateDecode);
    }
    for (face, id) in faces.all().iter().zip(&font_ids) {
        font(&mut pdf, face, *id, &mut next);
    }
    pdf.finish()
}

/// Everything that is read aloud, and for each page the thing that each of its runs belongs to.
fn told(
    pages: &[Page],
    page_ids: &[Ref],
    document: Ref,
    root: Ref,
    next: &mut Ref,
) -> (Vec<Told>, Vec<Vec<Ref>>) {
    let mut all = vec![Told {
        id: document,
        role: StructRole::Document,
        parent: root,
        kids: Vec::new(),
    }];
    let mut owners = Vec::new();
    // The list that is being told, and the piece that was told last.
    let (mut list, mut piece): (Option<(usize, usize)>, Option<usize>) = (None, None);
    for (page, page_id) in pages.iter().zip(page_ids) {
        let mut own = Vec::new();
        for (at, run) in page.runs.iter().enumerate() {
            let kid = Kid::Run(*page_id, number(at));
            if piece == Some(run.piece) {
                // The same piece, continued on a new page.
                if let Some(last) = all.last_mut() {
                    last.kids.push(kid);
                    own.push(last.id);
                }
                continue;
            }
            piece = Some(run.piece);
            let mut add = |all: &mut Vec<Told>, under: usize, role| {
                let id = next.bump();
                let parent = all[under].id;
                all[under].kids.push(Kid::Told(id));
                all.push(Told {
                    id,
                    role,
                    parent,
                    kids: Vec::new(),
                });
                all.len() - 1
            };
            let place = if let Role::Item(number) = run.role {
                let under = match list {
                    Some((known, under)) if known == number => under,
                    _ => add(&mut all, 0, StructRole::L),
                };
                list = Some((number, under));
                let item = add(&mut all, under, StructRole::LI);
                add(&mut all, item, StructRole::LBody)
            } else {
                let role = match run.role {
                    Role::Title => StructRole::H1,
                    Role::Heading => StructRole::H2,
                    Role::Quote => StructRole::BlockQuote,
                    Role::Text | Role::Item(_) => StructRole::P,
                };
                add(&mut all, 0, role)
            };
            all[place].kids.push(kid);
            own.push(all[place].id);
        }
        owners.push(own);
    }
    (all, owners)
}

fn element(pdf: &mut Pdf, it: &Told) {
    let mut element = pdf.struct_element(it.id);
    element.kind(it.role).parent(it.parent);
    let mut kids = element.children();
    for kid in &it.kids {
        match kid {
            Kid::Told(id) => {
                kids.struct_element(*id);
            }
            Kid::Run(page, run) => {
                kids.marked_content_ref()
                    .page(*page)
                    .marked_content_id(*run);
            }
        }
    }
}

/// What a page looks like.
fn picture(page: &Page, faces: &Faces) -> Vec<u8> {
    let mut ink = Content::new();
    ink.begin_marked_content_with_properties(Name(b"Artifact"))
        .properties()
        .artifact()
        .kind(ArtifactType::Layout);
    ink.set_line_width(0.6);
    for rule in &page.rules {
        ink.set_stroke_gray(rule.grey);
        ink.move_to(rule.from.0, rule.from.1);
        ink.line_to(rule.to.0, rule.to.1);
        ink.stroke();
    }
    ink.end_marked_content();
    for (at, run) in page.runs.iter().enumerate() {
        let tag: &[u8] = match run.role {
            Role::Title => b"H1",
            Role::Heading => b"H2",
            Role::Quote => b"BlockQuote",
            Role::Item(_) => b"LBody",
            Role::Text => b"P",
        };
        ink.begin_marked_content_with_properties(Name(tag))
            .properties()
            .identify(number(at));
        for line in &run.lines {
            words(&mut ink, line, faces);
        }
        ink.end_marked_content();
    }
    ink.begin_marked_content_with_properties(Name(b"Artifact"))
        .properties()
        .artifact()
        .kind(ArtifactType::Pagination);
    for line in &page.foot {
        words(&mut ink, line, faces);
    }
    ink.end_marked_content();
    ink.finish().to_vec()
}

fn words(ink: &mut Content, line: &Line, faces: &Faces) {
    if line.text.is_empty() {
        return;
    }
    ink.begin_text();
    ink.set_fill_gray(line.grey);
    ink.set_font(Name(faces.get(line.letters).name.as_bytes()), line.size);
    ink.next_line(line.x, line.y);
    ink.show(Str(&line.text));
    ink.end_text();
}

/// One face with the letters that were used, and no others.
fn font(pdf: &mut Pdf, face: &Face, id: Ref, next: &mut Ref) {
    let Some(font) = &face.font else { return };
    let (cid, descriptor, file, said) = (next.bump(), next.bump(), next.bump(), next.bump());
    // A face with some of its letters has six capitals before its name.
    let name = format!("UNRUFF+{}", face.name);
    let scale = face.scale();
    pdf.type0_font(id)
        .base_font(Name(name.as_bytes()))
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(cid)
        .to_unicode(said);
    let mut shapes = pdf.cid_font(cid);
    shapes
        .subtype(CidFontType::Type2)
        .base_font(Name(name.as_bytes()))
        .system_info(SYSTEM)
        .font_descriptor(descriptor)
        .default_width(0.0)
        .cid_to_gid_map_predefined(Name(b"Identity"));
    let widths = face.used.remapped_gids().map(|shape| {
        let shape = ttf_parser::GlyphId(shape);
        f32::from(font.glyph_hor_advance(shape).unwrap_or(0)) * scale
    });
    shapes.widths().consecutive(0, widths);
    shapes.finish();
    let serif = face.name.contains("Serif");
    let mut flags = FontFlags::NON_SYMBOLIC;
    if serif {
        flags |= FontFlags::SERIF;
    }
    let bounds = font.global_bounding_box();
    let [x1, y1, x2, y2] =
        [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(|it| f32::from(it) * scale);
    pdf.font_descriptor(descriptor)
        .name(Name(name.as_bytes()))
        .flags(flags)
        .bbox(Rect::new(x1, y1, x2, y2))
        .italic_angle(0.0)
        .ascent(f32::from(font.ascender()) * scale)
        .descent(f32::from(font.descender()) * scale)
        .cap_height(f32::from(font.capital_height().unwrap_or(714)) * scale)
        .stem_v(if face.name.contains("Bold") {
            140.0
        } else {
            90.0
        })
        .font_file2(file);
    let cut = subsetter::subset(face.bytes, 0, &face.used);
    // The whole face is larger and shows the same; a test rules out that it comes to that.
    let cut = cut.unwrap_or_else(|_| face.bytes.to_vec());
    let pressed = compress_to_vec_zlib(&cut, PRESS);
    let mut stream = pdf.stream(file, &pressed);
    stream.filter(Filter::FlateDecode);
    stream.pair(Name(b"Length1"), number(cut.len()));
    stream.finish();
    let mut map = UnicodeCmap::new(Name(b"Said"), SYSTEM);
    for (shape, letter) in &face.said {
        map.pair(*shape, *letter);
    }
    pdf.cmap(said, &map.finish());
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
