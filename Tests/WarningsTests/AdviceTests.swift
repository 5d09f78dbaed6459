import AQICore
import Testing

@testable import Warnings

/// Plan 四(二), 三: after an advice of the province the consultations come more often; what to do is then decided by people.
@Suite("Warnings: advice") struct AdviceTests {
    /// A day and some hours of clean winter air, in which one consultation a day is due.
    private func winter() -> OfficeTests.Desk {
        var desk = OfficeTests.Desk()
        desk.air(20, 30)
        return desk
    }

    private func advise(_ desk: inout OfficeTests.Desk, _ level: WarningLevel?, _ authority: Authority = .province)
        throws
    {
        desk.take(try desk.office.advise(level, from: authority, by: "watch", reason: "No. 7", at: desk.time))
    }

    private func meet(_ desk: inout OfficeTests.Desk) throws {
        let record = Consultations.Record(invitedBy: "a", attended: ["b"], opinions: "c", verdict: "d")
        desk.take(try desk.office.record(record, by: "watch", at: desk.time))
    }

    @Test func `an advice proposes nothing; a consultation is due within the hour, then twice a day`() throws {
        var desk = winter()
        try meet(&desk)
        desk.air(20, 2)
        try advise(&desk, .orange)
        let since = desk.time
        #expect(desk.office.state.draft == nil && desk.office.engine.state.orders.isEmpty)
        #expect(desk.office.state.consultations.due?.by == since + 3600)
        #expect(desk.office.state.consultations.due?.cause == .advice)
        desk.air(20, 1)
        #expect(desk.office.state.consultations.due?.by == since + 3600)
        desk.air(20, 1)
        #expect(desk.ledger.last?.kind == .consultationDue && desk.ledger.last?[.cause] == "advice")
        try meet(&desk)
        #expect(desk.office.state.consultations.due?.by == desk.time + 12 * 3600)
        desk.air(20, 1)
        #expect(desk.office.state.consultations.due?.cause == .advice)
        #expect(desk.kinds.contains(.advice) && desk.office.state.draft == nil)
    }

    @Test func `it ends by word, or when an order takes its place`() throws {
        var desk = winter()
        #expect(throws: Refusal.noOrder(from: "province")) { try advise(&desk, nil) }
        try advise(&desk, .yellow)
        try advise(&desk, .orange, .ministry)
        try advise(&desk, nil)
        try meet(&desk)
        desk.air(20, 1)
        #expect(desk.office.state.consultations.due?.cause == .advice, "the ministry's still stands")
        desk.take(try desk.office.order(.yellow, from: .ministry, by: "watch", reason: "No. 8", at: desk.time))
        #expect(desk.office.state.advice.isEmpty)
        desk.air(20, 1)
        #expect(desk.office.state.consultations.due?.cause == .heatingSeason)
    }

    @Test func `with a warning in force, too, the consultation is due within the hour`() throws {
        var desk = OfficeTests.Desk()
        desk.air(250, 44)
        try desk.sign("director")
        try desk.sign("deputy")
        try meet(&desk)
        desk.air(250, 1)
        try advise(&desk, .red)
        let since = desk.time
        desk.air(250, 1)
        #expect(desk.office.state.consultations.due == .init(cause: .heavy, by: since + 3600))
    }
}
