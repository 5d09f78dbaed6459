import AQICore
import Foundation
import Testing

@testable import Warnings

/// Plan 六: a regional warning of the province is answered at its level; worse, higher with the province's consent; better, still the
/// received level unless the province consents to lower.
@Suite("Warnings: regional warnings and their consents") struct RegionalOrderTests {
    /// Two days above 200, and before anybody has signed a regional warning of a level.
    private func ordered(_ level: WarningLevel, isRegional: Bool = true) throws -> OfficeTests.Desk {
        var desk = OfficeTests.Desk()
        desk.air(20, 24)
        desk.take(
            try desk.office.order(
                level, from: .province, isRegional: isRegional, by: "watch", reason: "No. 3", at: desk.time))
        try desk.sign("director")
        try desk.sign("deputy")
        return desk
    }

    private func consent(_ desk: inout OfficeTests.Desk, _ level: WarningLevel) throws {
        desk.take(
            try desk.office.consent(to: level, from: .province, by: "watch", reason: "by telephone", at: desk.time))
    }

    @Test func `above it nothing is issued without consent; the refusal names who, and changes nothing`() throws {
        var desk = try ordered(.yellow)
        desk.air(250, 70)
        #expect(desk.office.state.draft?.event.level == .orange)
        try desk.sign("director")
        let (state, rules) = (desk.office.state, desk.office.engine.state)
        #expect(throws: Refusal.needsHigherConsent(from: "province", to: .orange)) { try desk.sign("deputy") }
        #expect(desk.office.state == state && desk.office.engine.state == rules)
        #expect(desk.office.missingConsent(to: try #require(state.draft)) == "province")
        // Consent to the ordered level itself is none to more.
        try consent(&desk, .yellow)
        #expect(throws: Refusal.needsHigherConsent(from: "province", to: .orange)) { try desk.sign("deputy") }
        try consent(&desk, .orange)
        #expect(desk.office.missingConsent(to: try #require(desk.office.state.draft)) == nil)
        try desk.sign("deputy")
        #expect(desk.office.engine.state.inForce?.level == .orange)
        #expect(desk.ledger.filter { $0.kind == .consent }.map { $0[.level] } == ["yellow", "orange"])
        #expect(desk.ledger.first { $0.kind == .order }?[.scope] == "region")
    }

    @Test func `a consent to orange is none to red`() throws {
        var desk = try ordered(.yellow)
        try consent(&desk, .orange)
        #expect(desk.office.state.missingConsent(to: .orange, orders: desk.office.engine.state.orders) == nil)
        #expect(desk.office.state.missingConsent(to: .red, orders: desk.office.engine.state.orders) == "province")
    }

    @Test func `at its level no consent is needed, and below it only with consent`() throws {
        var desk = try ordered(.orange)
        desk.air(250, 70)
        // The city wants orange, too: nothing to do.
        #expect(desk.office.state.draft == nil && desk.office.engine.state.inForce?.level == .orange)
        #expect(desk.office.state.missingConsent(to: .orange, orders: desk.office.engine.state.orders) == nil)
        let clean = Forecast(
            issued: desk.time, first: Timeline.hour(desk.now + 1),
            rows: .init(repeating: Timeline.row(pm25: 20_000), count: 120))
        desk.take(try desk.office.take(.hourly(clean), from: "A", by: "watch", at: desk.time))
        desk.air(20, 60)
        #expect(desk.office.state.draft == nil, "the air is clean, the order stands")
        try consent(&desk, .yellow)
        desk.air(20, 1)
        #expect(
            desk.office.state.draft?.event.proposal == .downgraded && desk.office.state.draft?.event.level == .yellow)
    }

    @Test func `an order that is no regional warning is a floor only`() throws {
        var desk = try ordered(.yellow, isRegional: false)
        #expect(throws: Refusal.needsNoConsent(from: "province")) { try consent(&desk, .orange) }
        desk.air(250, 70)
        try desk.sign("director")
        try desk.sign("deputy")
        #expect(desk.office.engine.state.inForce?.level == .orange)
    }

    @Test func `with its end, or a newer order, consent is needed no more, and what was consented is forgotten`() throws
    {
        var desk = try ordered(.yellow)
        try consent(&desk, .red)
        desk.take(
            try desk.office.order(.yellow, from: .province, isRegional: true, by: "watch", reason: "4", at: desk.time))
        #expect(desk.office.state.missingConsent(to: .orange, orders: desk.office.engine.state.orders) == "province")
        desk.take(try desk.office.order(.yellow, from: .province, by: "watch", reason: "5", at: desk.time))
        #expect(desk.office.state.missingConsent(to: .red, orders: desk.office.engine.state.orders) == nil)
        desk.take(
            try desk.office.order(.yellow, from: .province, isRegional: true, by: "watch", reason: "6", at: desk.time))
        desk.take(
            try desk.office.order(nil, from: .province, isRegional: true, by: "watch", reason: "7", at: desk.time))
        #expect(desk.office.state.regional.isEmpty)
    }

    @Test func `of two regional warnings each wants its own consent`() throws {
        var desk = try ordered(.yellow)
        desk.take(
            try desk.office.order(.yellow, from: .ministry, isRegional: true, by: "watch", reason: "8", at: desk.time))
        try consent(&desk, .red)
        #expect(desk.office.state.missingConsent(to: .orange, orders: desk.office.engine.state.orders) == "ministry")
    }

    @Test func `a state of a version that knew no regional warnings is taken up`() throws {
        let desk = try ordered(.yellow)
        let text = try JSONEncoder().encode(desk.office.state)
        var object = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
        object["regional"] = nil
        let old = try JSONSerialization.data(withJSONObject: object)
        var wanted = desk.office.state
        wanted.regional = [:]
        #expect(try JSONDecoder().decode(WarningOffice.State.self, from: old) == wanted)
        #expect(try JSONDecoder().decode(WarningOffice.State.self, from: text) == desk.office.state)
    }
}
