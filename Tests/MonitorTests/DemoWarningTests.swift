import Foundation
import Store
import TestSupport
import Testing

/// The demo's episode from the desk of the warnings.
@Suite("demo: the warnings' people") struct DemoWarningTests {
    @Test func `the episode shows a warning proposed, signed by simulated people, upgraded, told and lifted`()
        throws
    {
        let folder = try TemporaryFolder()
        let store = folder.file("demo.db")
        #expect(try Program.run("demo", "--headless", "--speed", "max", "--store", store).status == 0)
        let ledger = try StoreReader(path: store).read { try $0.ledger() }
        let steps = ledger.filter { ["proposed", "signed", "issued"].contains($0.kind) }
        // Each action of the warning: proposed, signed twice, issued.
        #expect(steps.count >= 12 && steps.count.isMultiple(of: 4))
        for place in stride(from: 0, to: steps.count, by: 4) {
            let action = steps[place..<place + 4]
            #expect(action.map(\.kind) == ["proposed", "signed", "signed", "issued"])
            #expect(action.dropFirst().allSatisfy { $0.person.hasPrefix("simulated") })
        }
        let actions = steps.filter { $0.kind == "issued" }.map(\.body)
        for what in ["issued", "upgraded", "lifted"] {
            #expect(actions.contains { $0.contains("\"action\":\"\(what) ") }, "\(what)")
        }
        let kinds = Set(ledger.map(\.kind))
        #expect(
            kinds.isSuperset(of: [
                "consultation", "notice", "noticeHandedOver", "noticeSent", "tasks", "taskAcknowledged", "taskReported",
            ]))
        #expect(try Program.run("ledger", "verify", "--store", store).status == 0)
        #expect(try Program.run("warnings", "tasks", "--store", store).output.contains("nothing is to be"))
        // The same seed, the same ledger: what people do depends on the simulated time alone.
        let other = folder.file("other.db")
        #expect(try Program.run("demo", "--headless", "--speed", "max", "--store", other).status == 0)
        #expect(try StoreReader(path: other).read { try $0.ledger() } == ledger)
        // And the same text of what is remembered: dictionaries are written in order.
        let remembered = try [store, other].map {
            try Program.run("query", "--store", $0, "--sql", "SELECT name, value FROM state ORDER BY name").output
        }
        #expect(remembered[0] == remembered[1] && remembered[0].contains("warning-office"))
    }
}
