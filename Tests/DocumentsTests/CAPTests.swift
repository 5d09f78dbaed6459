import AQICore
import Documents
import Testing
import Texts
import Warnings

/// The rules of the schema: OASIS CAP-v1.2, 2010-07-01, 3.2 and 3.4.
@Suite("CAP 1.2") struct CAPTests {
    private static func messages(
        _ changes: [DocumentSource.Change], exercise: Bool = false
    ) throws -> [CAPMessage] {
        var options = CAPOptions(sender: try #require(CAPMessage.Sender("13100041600000")))
        options.status = exercise ? .exercise : .actual
        return Fixture.source(changes).messages(options)
    }

    private static func upgrade(_ hour: Hour) -> DocumentSource.Change {
        Fixture.change(Fixture.event(.upgraded, .red, at: hour, signedBy: .commander))
    }

    /// Name, and how many there may be, in the order of the schema.
    private static let alert: [(String, ClosedRange<Int>)] = [
        ("identifier", 1...1), ("sender", 1...1), ("sent", 1...1), ("status", 1...1), ("msgType", 1...1),
        ("source", 0...1), ("scope", 1...1), ("restriction", 0...1), ("addresses", 0...1), ("code", 0...99),
        ("note", 0...1), ("references", 0...1), ("incidents", 0...1), ("info", 0...99),
    ]
    private static let info: [(String, ClosedRange<Int>)] = [
        ("language", 0...1), ("category", 1...99), ("event", 1...1), ("responseType", 0...99), ("urgency", 1...1),
        ("severity", 1...1), ("certainty", 1...1), ("audience", 0...1), ("eventCode", 0...99), ("effective", 0...1),
        ("onset", 0...1), ("expires", 0...1), ("senderName", 0...1), ("headline", 0...1), ("description", 0...1),
        ("instruction", 0...1), ("web", 0...1), ("contact", 0...1), ("parameter", 0...99), ("resource", 0...99),
        ("area", 0...99),
    ]
    private static let area: [(String, ClosedRange<Int>)] = [
        ("areaDesc", 1...1), ("polygon", 0...99), ("circle", 0...99), ("geocode", 0...99), ("altitude", 0...1),
        ("ceiling", 0...1),
    ]
    private static let pair: [(String, ClosedRange<Int>)] = [("valueName", 1...1), ("value", 1...1)]

    private static let enumerations: [String: Set<String>] = [
        "status": ["Actual", "Exercise", "System", "Test", "Draft"],
        "msgType": ["Alert", "Update", "Cancel", "Ack", "Error"], "scope": ["Public", "Restricted", "Private"],
        "category": [
            "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE",
            "Other",
        ],
        "responseType": [
            "Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None",
        ], "urgency": ["Immediate", "Expected", "Future", "Past", "Unknown"],
        "severity": ["Extreme", "Severe", "Moderate", "Minor", "Unknown"],
        "certainty": ["Observed", "Likely", "Possible", "Unlikely", "Unknown"],
    ]

    /// The sequence of the schema: what is not in it, out of order, too often or missing is named.
    private static func problems(_ element: XMLTree.Element, _ sequence: [(String, ClosedRange<Int>)]) -> [String] {
        let order = element.children.map { child in sequence.firstIndex { $0.0 == child.name } ?? -1 }
        var problems = order == order.sorted() && !order.contains(-1) ? [] : ["\(element.name): order"]
        for (name, count) in sequence where !count.contains(element.children(name).count) {
            problems.append("\(element.name): \(name)")
        }
        return problems
    }

    private static func check(_ message: CAPMessage) throws {
        let tree = try XMLTree(message.xml)
        #expect(tree.root.name == "alert")
        #expect(tree.root.attributes["xmlns"] == "urn:oasis:names:tc:emergency:cap:1.2")
        var problems = problems(tree.root, alert)
        for info in tree.all("info") { problems += Self.problems(info, Self.info) }
        for area in tree.all("area") { problems += Self.problems(area, Self.area) }
        for name in ["eventCode", "geocode", "parameter"] {
            for element in tree.all(name) { problems += Self.problems(element, pair) }
        }
        #expect(problems == [])
        for (name, allowed) in enumerations {
            #expect(!tree.all(name).isEmpty && tree.all(name).allSatisfy { allowed.contains($0.text) }, "\(name)")
        }
        // xs:dateTime by the pattern of the schema: no fraction, no Z.
        let time = /\d\d\d\d-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d/
        for name in ["sent", "effective", "onset", "expires"] {
            for element in tree.all(name) { #expect(element.text.wholeMatch(of: time) != nil, "\(element.text)") }
        }
        for name in ["identifier", "sender"] {
            let text = try #require(tree.root.value(name))
            #expect(!text.contains { " ,<&".contains($0) } && !text.isEmpty)
        }
        let reference = /[^ ,<&]+,[^ ,<&]+,\d\d\d\d-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d/
        for text in tree.root.value("references")?.split(separator: " ") ?? [] {
            #expect(text.wholeMatch(of: reference) != nil)
        }
        #expect(tree.all("language").map(\.text) == ["zh-CN", "en-US"])
    }

    @Test func `every message follows the schema, issue to lift, actual and exercise`() throws {
        let changes = [
            Fixture.orange, Self.upgrade(Fixture.label(2, 8)),
            Fixture.change(Fixture.event(.downgraded, .yellow, at: Fixture.label(4, 8))), Fixture.lift,
            Fixture.change(
                Fixture.event(.issued, .yellow, at: Fixture.label(20, 8), number: 2, basis: .order, spell: nil),
                signer: nil
            ),
        ]
        for exercise in [false, true] {
            let messages = try Self.messages(changes, exercise: exercise)
            #expect(messages.map(\.kind) == [.alert, .update, .update, .cancel, .alert])
            for message in messages { try Self.check(message) }
            #expect(messages.allSatisfy { $0.status == (exercise ? .exercise : .actual) })
        }
    }

    @Test func `the identifier has 31 characters: unit, time in UTC+8, number in the second`() throws {
        let message = try #require(try Self.messages([Fixture.orange]).first)
        #expect(message.identifier == "13100041600000_20261201080500_0" && message.identifier.count == 31)
        for bad in ["", "1310004160000", "131000416000000", "1310004160000x", "１３１０００４１６０００００"] {
            #expect(CAPMessage.Sender(bad) == nil)
        }
        let twins = try Self.messages([
            Fixture.orange, Fixture.change(Fixture.event(.upgraded, .red, at: Fixture.label(1, 8)), minutes: 5),
        ])
        #expect(twins.map(\.identifier.last) == ["0", "1"])
    }

    @Test func `an update refers to all before it of the same warning, a new warning to none`() throws {
        let messages = try Self.messages([
            Fixture.orange, Self.upgrade(Fixture.label(2, 8)), Fixture.lift,
            Fixture.change(Fixture.event(.issued, .yellow, at: Fixture.label(20, 8), number: 2)),
        ])
        let tree = try XMLTree(messages[2].xml)
        #expect(
            tree.root.value("references")
                == "13100041600000,13100041600000_20261201080500_0,2026-12-01T08:05:00+08:00 "
                + "13100041600000,13100041600000_20261202080000_0,2026-12-02T08:00:00+08:00")
        #expect(messages[0].references.isEmpty && messages[3].references.isEmpty)
    }

    @Test func `what has run out is not referred to, unless there is nothing else`() throws {
        // Ordered without a spell: it runs out after a day.
        let ordered = Fixture.change(
            Fixture.event(.issued, .orange, at: Fixture.label(1, 8), basis: .order, spell: nil))
        let raised = Self.upgrade(Fixture.label(1, 20))
        let lowered = Fixture.event(.downgraded, .orange, at: Fixture.label(2, 8))
        for (seconds, count) in [(-1, 2), (0, 1)] as [(Int64, Int)] {
            let last = DocumentSource.Change(event: lowered, issued: ordered.issued + 86_400 + seconds, signer: nil)
            #expect(try Self.messages([ordered, raised, last]).last?.references.count == count)
            #expect(try Self.messages([ordered, last]).last?.references.count == 1)
        }
    }

    @Test func `a lift and the next issue within the hour are one update, later they are two messages`() throws {
        func kinds(_ minutes: Int64) throws -> [CAPMessage.Kind] {
            let next = Fixture.change(
                Fixture.event(.issued, .yellow, at: Fixture.label(7, 9), number: 2), minutes: minutes)
            return try Self.messages([Fixture.orange, Fixture.lift, next]).map(\.kind)
        }
        #expect(try kinds(62) == [.alert, .update])
        #expect(try kinds(63) == [.alert, .cancel, .alert])
    }

    @Test func `severity, urgency and certainty are as the page says`() throws {
        func info(_ change: DocumentSource.Change) throws -> XMLTree.Element {
            let message = try #require(try Self.messages([change]).first)
            let tree = try XMLTree(message.xml)
            return try #require(tree.first("info"))
        }
        for (level, severity) in zip(WarningLevel.allCases, ["Moderate", "Severe", "Extreme"]) {
            let change = Fixture.change(Fixture.event(.issued, level, at: Fixture.label(1, 8)))
            #expect(try info(change).value("severity") == severity)
        }
        // The pollution comes on the 2nd with the hour that begins at 08:00.
        for (minutes, urgency) in [(-61, "Future"), (-60, "Expected"), (-1, "Expected"), (0, "Immediate")]
            as [(Int64, String)]
        {
            let change = Fixture.change(Fixture.event(.issued, .orange, at: Fixture.label(2, 8)), minutes: minutes)
            #expect(try info(change).value("urgency") == urgency, "\(minutes)")
        }
        let emergency = Fixture.change(Fixture.event(.issued, .yellow, at: Fixture.label(1, 8), isEmergency: true))
        #expect(try info(emergency).value("urgency") == "Immediate")
        let bases: [(WarningEvent.Basis, String)] = [
            (.observed, "Observed"), (.forecast, "Likely"), (.order, "Unknown"), (.operator, "Unknown"),
        ]
        for (basis, certainty) in bases {
            let change = Fixture.change(Fixture.event(.issued, .red, at: Fixture.label(1, 8), basis: basis))
            #expect(try info(change).value("certainty") == certainty)
        }
    }

    @Test func `a message does not run out while its warning can be in force`() throws {
        let message = try #require(try Self.messages([Fixture.orange]).first)
        #expect(
            message.infos.map(\.expires)
                == [Instant?](repeating: Fixture.label(6, 12).endingLabel + 36 * 3600, count: 2))
        let ordered = Fixture.change(Fixture.event(.issued, .red, at: Fixture.label(1, 8), basis: .order, spell: nil))
        #expect(try Self.messages([ordered]).first?.infos.first?.expires == ordered.issued + 86_400)
    }
}
