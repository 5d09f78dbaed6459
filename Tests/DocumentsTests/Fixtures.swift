import AQICore
import Documents
import Response
import Texts
import Warnings

/// A small city and one warning, by which documents are looked at.
enum Fixture {
    static let response = ResponsePlan(
        measures: [
            Measure(
                id: "masks", kind: .publicProtection, levels: .yellow ... .red, start: .pollution, departments: [],
                text: Bilingual(zh: "佩戴口罩", en: "Masks"), clause: "六(三)"),
            Measure(
                id: "trucks", kind: .mobileSources, levels: .orange ... .red, exception: .emergencyDay,
                restrictsTraffic: true, isPrinciple: true, departments: ["police"],
                text: Bilingual(zh: "货车限行", en: "No trucks"), clause: "六(三); 附件5"),
        ], industries: [],
        departments: [
            Department(id: "areas", name: Bilingual(zh: "各县（市、区）", en: "the areas"), clause: "附件5"),
            Department(id: "police", name: Bilingual(zh: "公安部门", en: "police"), clause: "附件5"),
        ], city: Area(name: Bilingual(zh: "廊坊市", en: "Langfang"), code: "131000", clause: "一(三)"),
        areas: [Area(name: Bilingual(zh: "三河市", en: "Sanhe"), code: "131082", clause: "二(三)")],
        freeVehicles: [FreeVehicle(id: "fire", name: Bilingual(zh: "消防车", en: "fire"), clause: "五(六)2")],
        channels: [
            PublicChannel(
                id: "radio", name: Bilingual(zh: "广播电台", en: "radio"), rhythm: .every(minutes: 60), note: nil,
                clause: "四(五)4")
        ])

    /// An hour of December 2026 by its label.
    static func label(_ day: Int32, _ hour: Int32) -> Hour {
        NaturalDay(CivilDate(year: 2026, month: 12, day: day) ?? CivilDate(daysSince1970: 0)).firstHour + (hour - 1)
    }

    static func event(
        _ kind: WarningEvent.Kind, _ level: WarningLevel, at hour: Hour, number: Int = 1,
        basis: WarningEvent.Basis = .forecast, isEmergency: Bool = false,
        spell: (first: Hour, last: Hour)? = Fixture.spell,
        signedBy: Role? = .deputyCommander
    ) -> WarningEvent {
        WarningEvent(
            hour: hour, kind: kind, level: level, basis: basis, number: number, isEmergency: isEmergency, spell: spell,
            primary: IndicatorSet(bits: 1 << Indicator.pm25.rawValue), signedBy: signedBy, index24: 120,
            indexHour: 130, largestAhead: 287)
    }

    static let spell: (first: Hour, last: Hour)? = (label(3, 8), label(6, 12))

    static func change(_ event: WarningEvent, minutes: Int64 = 0, signer: String? = "李四") -> DocumentSource.Change {
        .init(event: event, issued: event.hour.endingLabel + minutes * 60, signer: signer)
    }

    /// Orange on 1 December at 08:00, signed five minutes later; the pollution comes on the 2nd at 08:00.
    static let orange = change(event(.issued, .orange, at: label(1, 8)), minutes: 5)
    static let lift = change(event(.lifted, .orange, at: label(7, 9)), minutes: 2)

    static func source(_ changes: [DocumentSource.Change] = [orange]) -> DocumentSource {
        var source = DocumentSource(response: response, base: 200)
        source.changes = changes
        return source
    }

    static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "]]>", "&lt;b&gt; &amp; & <!-- ", "'\"`",
        "[a](javascript:alert(1))", "![a](http://x.example/y)", "**a** __b__ ~~c~~ `d`", "a | b |\n| --- |\n# h",
        "http://x.example www.x.example a@x.example", "\u{202E}gpj.exe", "\u{0}\u{1B}[31m\u{9B}", "1. a", "12) b",
        "- c", "+ d", "# e", "=== f", "\u{FFFE}\u{FFFF}", "$x$", "\\", "</title></style></svg>",
    ]
}
