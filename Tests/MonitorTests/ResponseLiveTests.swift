import AQICore
import Foundation
import Response
import Store
import TestSupport
import Testing
import Warnings

@testable import aqi_monitor

/// Tasks and publication on a monitor that runs.
@Suite("warnings tasks, warnings publication on a running monitor", .serialized) struct ResponseLiveTests {
    @Test func `a warning brings tasks and a notice; what people record of them is kept over a kill`() throws {
        let running = try RunningOffice()
        #expect(try running.done("tasks").contains("nothing is to be acknowledged"))
        #expect(try running.done("publication").contains("nothing has been told"))
        try running.done("order", "--from", "province", "--level", "yellow", "--as", "王五", "--reason", "x")
        try running.signed(1)

        // Times are whole seconds.
        usleep(1_100_000)
        let list = try running.done("list")
        #expect(list.contains("OVERDUE") && list.contains("not handed over"), "no channel has sent it")
        let tasks = try running.done("tasks", "list")
        #expect(tasks.contains("YELLOW") && tasks.contains("missing: 三河市, housing"), "\(tasks)")
        try running.done("tasks", "acknowledge", "1", "--party", "三河市", "--as", "王五")
        try running.done("tasks", "acknowledge", "1", "--party", "housing", "--as", "王五")
        try running.refused("recorded already", "tasks", "acknowledge", "1", "--party", "housing", "--as", "王五")
        try running.refused("police", "tasks", "acknowledge", "1", "--party", "石家庄市", "--as", "王五")
        try running.refused("acknowledged", "tasks", "report", "1", "--party", "water", "--text", "x", "--as", "王五")
        try running.refused("task 9", "tasks", "report", "9", "--party", "water", "--text", "x", "--as", "王五")

        try running.done("publication", "handover", "1", "--as", "王五")
        try running.done("publication", "sent", "1", "--channel", "radio", "--as", "王五")
        try running.done("publication", "acknowledged", "1", "--channel", "radio", "--as", "王五")
        try running.refused("traffic-screens", "publication", "sent", "1", "--channel", "fax", "--as", "王五")
        try running.refused("not sent", "publication", "acknowledged", "1", "--channel", "sms", "--as", "王五")
        try running.refused("notice 1 is", "publication", "sent", "2", "--channel", "sms", "--as", "王五")

        let before = try running.status().response
        running.stop()
        #expect(try running.status().response == before)
        let asleep = try running.done("publication", "list", "--json")
        let notice = try #require(try JSONSerialization.jsonObject(with: Data(asleep.utf8)) as? [String: Any])
        let channels = try #require(notice["channels"] as? [[String: Any]])
        #expect(channels.first { $0["channel"] as? String == "radio" }?["times"] as? Int == 1)
        #expect(channels.filter { $0["overdue"] as? Bool == true }.count >= 5)
        try running.start()
        #expect(try running.status().response == before)
        let json = try running.done("tasks", "list", "--json")
        #expect(json.contains(#""kind":"measures","warning":1,"level":"yellow""#), "\(json)")
        #expect(json.contains(#""party":"三河市","person":"王五""#))

        // A lift waits an hour for the next spell.
        try running.done("order", "--from", "province", "--level", "none", "--as", "王五", "--reason", "x")
        try running.done("lift", "--as", "王五", "--reason", "x")
        try running.signed(2)
        try running.refused("one notice", "publication", "sent", "2", "--channel", "sms", "--as", "王五")
        let summary = try running.done("tasks")
        #expect(summary.contains("summary of the response") && summary.contains("headquarters office"), "\(summary)")
        let kinds = try StoreReader(path: running.store).read { try $0.ledger() }.map(\.kind)
        for kind in ["tasks", "taskAcknowledged", "notice", "noticeHandedOver", "noticeSent", "noticeAcknowledged"] {
            #expect(kinds.contains(kind), "\(kind)")
        }
        #expect(try Program.run("ledger", "verify", "--store", running.store).status == 0)
        #expect(
            try Program.run("warnings", "tasks", "--lang", "zh", "--store", running.store).output.contains("应急响应总结"))
    }

    @Test func `a store of a version without tasks is taken up`() throws {
        let running = try RunningOffice()
        try running.done("order", "--from", "province", "--level", "yellow", "--as", "王五", "--reason", "x")
        running.stop()
        try sqlite3(running.store, "DELETE FROM state WHERE name = 'response'")
        #expect(try running.status().response == nil)
        try running.start()
        try running.signed(1)
        #expect(try running.status().response?.tasks.rounds.count == 1)
    }
}
