import AQICore
import Foundation
import Testing

@testable import Warnings

/// Plan 四(四): draft, the office's deputy director, the commander (red) or the deputy commander, issued.
@Suite("Warnings: the office") struct OfficeTests {
    static let people = [
        Person(name: "director", roles: [.deputyDirector]), Person(name: "deputy", roles: [.deputyCommander]),
        Person(name: "commander", roles: [.commander]), Person(name: "watch", roles: []),
        Person(name: "both", roles: [.deputyDirector, .deputyCommander]),
    ]

    /// An office at which air is told hour by hour, as at a timeline.
    struct Desk {
        var office = WarningOffice(plan: .langfang2019, people: OfficeTests.people, areas: ["三河市"])
        var now: Int32 = 0
        var ledger: [LedgerLine] = []
        var events: [WarningEvent] = []

        var time: Instant { Timeline.hour(now).endingLabel + 600 }
        var number: Int { office.state.draft?.number ?? 0 }

        mutating func air(_ index: Int32, _ hours: Int) {
            for _ in 0..<hours {
                now += 1
                take(office.step(Timeline.row(pm25: Timeline.pm25(index)), at: Timeline.hour(now)))
            }
        }

        mutating func take(_ outcome: WarningOffice.Outcome) {
            ledger += outcome.ledger
            events += outcome.events
        }

        mutating func sign(_ name: String) throws { take(try office.sign(number, by: name, at: time)) }

        /// The office as it comes back after a stop: its state, and the hours.
        mutating func restart(_ index: Int32) throws {
            let (rules, state) = (office.engine.state, office.state)
            let text = try JSONEncoder().encode(state)
            office = WarningOffice(plan: .langfang2019, people: OfficeTests.people, areas: ["三河市"])
            office.restore(rules, try JSONDecoder().decode(WarningOffice.State.self, from: text))
            for hour in 1...now { office.observe(Timeline.row(pm25: Timeline.pm25(index)), at: Timeline.hour(hour)) }
        }

        var kinds: [LedgerLine.Kind] { ledger.map(\.kind).filter { $0 != .consultationDue } }
    }

    /// Two days above 200: yellow is proposed in hour 44.
    private func proposed() -> Desk {
        var desk = Desk()
        desk.air(250, 44)
        return desk
    }

    @Test func `nothing is issued unsigned`() {
        let desk = proposed()
        #expect(desk.office.engine.state.inForce == nil)
        #expect(desk.events.map(\.kind) == [.proposed] && desk.kinds == [.proposed])
        #expect(desk.office.state.draft?.next == .deputyDirector)
    }

    @Test func `the deputy director and then the deputy commander issue yellow, and the ledger has each step`() throws {
        var desk = proposed()
        try desk.sign("director")
        #expect(desk.office.engine.state.inForce == nil && desk.office.state.draft?.next == .deputyCommander)
        try desk.sign("deputy")
        #expect(desk.office.engine.state.inForce?.level == .yellow && desk.office.state.draft == nil)
        #expect(desk.kinds == [.proposed, .signed, .signed, .issued])
        #expect(desk.ledger.compactMap(\.person) == ["director", "deputy", "deputy"])
        #expect(desk.ledger.compactMap(\.role) == [.deputyDirector, .deputyCommander, .deputyCommander])
        #expect(desk.events.last?.kind == .issued && desk.events.last?.signedBy == .deputyCommander)
        #expect(desk.events.last?.hour == Timeline.hour(44))
        // The same in the next hour is nothing new.
        desk.air(250, 1)
        #expect(desk.kinds.count == 4 && desk.office.state.draft == nil)
    }

    @Test func `red needs the commander, and so does what takes red back`() throws {
        var desk = Desk()
        desk.air(350, 92)
        #expect(desk.office.state.draft?.event.level == .red)
        try desk.sign("director")
        #expect(throws: Refusal.wrongRole("deputy", needs: .commander)) { try desk.sign("deputy") }
        try desk.sign("commander")
        desk.air(20, 70)
        #expect(desk.office.state.draft?.event.proposal == .lifted)
        try desk.sign("director")
        #expect(throws: Refusal.wrongRole("deputy", needs: .commander)) { try desk.sign("deputy") }
        try desk.sign("commander")
        #expect(desk.office.engine.state.inForce == nil && desk.events.last?.signedBy == .commander)
    }

    @Test func `the wrong role, a stranger, a second signature and a wrong number are refused and change nothing`()
        throws
    {
        var desk = proposed()
        func refused(_ refusal: Refusal, _ number: Int, _ name: String) {
            let before = desk.office.state
            #expect(throws: refusal) { try desk.office.sign(number, by: name, at: desk.time) }
            #expect(desk.office.state == before)
        }
        refused(.wrongRole("deputy", needs: .deputyDirector), 1, "deputy")
        refused(.wrongRole("watch", needs: .deputyDirector), 1, "watch")
        refused(.unknownPerson("nobody", known: Self.people.map(\.name)), 1, "nobody")
        refused(.otherProposal(2, current: 1), 2, "director")
        try desk.sign("director")
        refused(.signedAlready("director"), 1, "director")
        try desk.sign("both")
        refused(.otherProposal(1, current: nil), 1, "deputy")
    }

    @Test func `one person of two roles signs in each of them`() throws {
        var desk = proposed()
        try desk.sign("both")
        #expect(desk.office.engine.state.inForce == nil)
        try desk.sign("both")
        #expect(desk.office.engine.state.inForce?.level == .yellow)
    }

    @Test func `a signature is for one level: when the proposal changes, it is void, and that is kept`() throws {
        var desk = proposed()
        try desk.sign("director")
        desk.air(250, 24)
        #expect(desk.office.state.draft?.event.level == .orange && desk.number == 2)
        #expect(desk.office.state.draft?.signatures.isEmpty == true)
        #expect(desk.kinds == [.proposed, .signed, .voided, .proposed])
        #expect(desk.ledger.first { $0.kind == .voided }?[.signatures] == "director")
        #expect(throws: Refusal.otherProposal(1, current: 2)) {
            try desk.office.sign(1, by: "deputy", at: desk.time)
        }
    }

    @Test func `a proposal that goes takes its signatures along`() throws {
        var desk = proposed()
        try desk.sign("director")
        desk.air(20, 30)
        #expect(desk.office.state.draft == nil && desk.kinds == [.proposed, .signed, .voided])
        #expect(throws: Refusal.otherProposal(1, current: nil)) {
            try desk.office.sign(1, by: "deputy", at: desk.time)
        }
    }

    @Test func `the evidence follows the air, the signatures stay`() throws {
        var desk = proposed()
        try desk.sign("director")
        desk.air(260, 3)
        #expect(desk.number == 1 && desk.office.state.draft?.signatures.count == 1)
        #expect(desk.office.state.draft?.event.hour == Timeline.hour(47))
        try desk.sign("deputy")
        #expect(desk.events.last?.hour == Timeline.hour(47))
    }

    @Test func `a declined proposal stays declined until it changes, or the deputy director takes it up again`() throws
    {
        var desk = proposed()
        #expect(throws: Refusal.badText("  ")) {
            try desk.office.decline(1, by: "director", reason: "  ", at: desk.time)
        }
        desk.take(try desk.office.decline(1, by: "director", reason: "the sensor is broken", at: desk.time))
        #expect(throws: Refusal.declinedAlready(1)) {
            try desk.office.decline(1, by: "director", reason: "again", at: desk.time)
        }
        desk.air(250, 5)
        #expect(desk.kinds == [.proposed, .declined] && desk.office.state.draft?.declined?.person == "director")
        try desk.sign("director")
        #expect(desk.office.state.draft?.declined == nil && desk.office.state.draft?.next == .deputyCommander)
        // The last to sign may decline, too: then all signatures are gone.
        desk.take(try desk.office.decline(1, by: "deputy", reason: "no", at: desk.time))
        #expect(desk.office.state.draft?.signatures.isEmpty == true && desk.office.state.draft?.next == .deputyDirector)
        desk.air(250, 24)
        #expect(desk.number == 2 && desk.office.state.draft?.declined == nil)
    }

    @Test func `a restart between two signatures loses none and tells nothing twice`() throws {
        var desk = proposed()
        try desk.sign("director")
        let (state, rules, told) = (desk.office.state, desk.office.engine.state, desk.ledger.count)
        try desk.restart(250)
        #expect(desk.office.state == state && desk.office.engine.state == rules)
        desk.air(250, 1)
        #expect(desk.ledger.count == told && desk.events.count == 1)
        try desk.sign("deputy")
        #expect(desk.office.engine.state.inForce?.level == .yellow)
    }

    @Test func `an order is proposed at once, and issued when it is signed`() throws {
        var desk = Desk()
        desk.air(20, 30)
        desk.take(try desk.office.order(.orange, from: .province, by: "watch", reason: "No. 12", at: desk.time))
        #expect(desk.office.state.draft?.event.basis == .order && desk.kinds == [.order, .proposed])
        try desk.sign("director")
        try desk.sign("deputy")
        #expect(desk.office.engine.state.inForce?.level == .orange)
        // Another in the same hour waits: at most one action an hour.
        desk.take(try desk.office.order(.red, from: .ministry, by: "watch", reason: "No. 13", at: desk.time))
        #expect(desk.office.state.draft == nil)
        desk.air(20, 1)
        #expect(desk.office.state.draft?.event.level == .red)
        #expect(throws: Refusal.orderStands(from: "ministry")) {
            try desk.office.lift(by: "watch", reason: "clean", at: desk.time)
        }
    }

    @Test func `the end of an order that does not stand, and a consent to it, are refused`() {
        var desk = proposed()
        #expect(throws: Refusal.noOrder(from: "province")) {
            try desk.office.order(nil, from: .province, by: "watch", reason: "over", at: desk.time)
        }
        #expect(throws: Refusal.noOrder(from: "ministry")) {
            try desk.office.consent(to: .yellow, from: .ministry, by: "watch", reason: "by telephone", at: desk.time)
        }
    }

    @Test func `a lift by hand is proposed with its reason and signed by the signer of the level`() throws {
        var desk = proposed()
        #expect(throws: Refusal.nothingInForce) { try desk.office.lift(by: "watch", reason: "x", at: desk.time) }
        try desk.sign("director")
        try desk.sign("deputy")
        desk.take(try desk.office.lift(by: "watch", reason: "the monitor was at fault", at: desk.time))
        #expect(desk.office.state.draft?.event.basis == .operator)
        // It waits through hours in which the rules want the warning to stay.
        desk.air(250, 3)
        try desk.sign("director")
        try desk.sign("deputy")
        #expect(desk.office.engine.state.inForce == nil && desk.events.last?.basis == .operator)
        #expect(desk.ledger.last { $0.kind == .proposed }?.reason == "the monitor was at fault")
    }

    @Test func `a lift by hand is void after a day, or when the rules want more`() throws {
        for hours in [25, 24] {
            var desk = proposed()
            try desk.sign("director")
            try desk.sign("deputy")
            desk.take(try desk.office.lift(by: "watch", reason: "x", at: desk.time))
            desk.air(hours == 25 ? 60 : 250, hours)
            #expect(desk.office.state.draft?.event.basis != .operator, "\(hours)")
            #expect(desk.kinds.contains(.voided))
        }
    }

    @Test func `an area has the city's level or its own with consent, not below an order, until the lift`() throws {
        var desk = proposed()
        func area(_ level: WarningLevel?, _ name: String = "三河市") throws {
            desk.take(try desk.office.setArea(name, to: level, by: "watch", reason: "consent of 08:30", at: desk.time))
        }
        #expect(throws: Refusal.nothingInForce) { try area(.orange) }
        try desk.sign("director")
        try desk.sign("deputy")
        #expect(desk.office.level(in: "三河市") == .yellow)
        #expect(throws: Refusal.unknownArea("石家庄市", known: ["三河市"])) { try area(.red, "石家庄市") }
        try area(.red)
        #expect(desk.office.level(in: "三河市") == .red && desk.office.state.areas.first?.consentBy == "watch")
        desk.take(try desk.office.order(.orange, from: .province, by: "watch", reason: "No. 1", at: desk.time))
        #expect(throws: Refusal.needsConsent) { try area(.yellow) }
        desk.take(
            try desk.office.consent(to: .yellow, from: .province, by: "watch", reason: "telephone", at: desk.time))
        try area(.yellow)
        try area(nil)
        #expect(desk.office.state.areas.isEmpty)
    }

    @Test func `simulated people sign in the hour of the proposal, and meet when they must`() {
        var desk = Desk()
        desk.office = WarningOffice(plan: .langfang2019, people: Self.people, signsByItself: true)
        desk.air(250, 70)
        desk.air(20, 80)
        #expect(
            desk.events.filter { $0.kind != .proposed }.map { "\($0.kind) \($0.level)" } == [
                "issued yellow", "upgraded orange", "lifted orange",
            ])
        #expect(desk.ledger.contains { $0.kind == .consultation } && desk.office.state.draft == nil)
    }

    @Test func `what a person declined simulated people do not sign`() throws {
        var desk = Desk()
        desk.office = WarningOffice(plan: .langfang2019, people: Self.people, signsByItself: true)
        desk.air(20, 2)
        desk.take(try desk.office.order(.red, from: .province, by: "watch", reason: "drill", at: desk.time))
        desk.take(try desk.office.decline(desk.number, by: "director", reason: "drill", at: desk.time))
        desk.air(20, 30)
        #expect(desk.office.engine.state.inForce == nil && desk.office.state.draft?.declined?.person == "director")
        // Taken up again by hand, it is carried through by itself.
        try desk.sign("director")
        desk.air(20, 1)
        #expect(desk.office.engine.state.inForce?.level == .red)
    }
}
