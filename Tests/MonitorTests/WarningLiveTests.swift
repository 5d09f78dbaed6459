import AQICore
import Foundation
import Response
import Store
import TestSupport
import Testing
import Warnings

@testable import aqi_monitor

/// Areas, consents and lifts by hand, asked of a monitor that runs.
@Suite("warnings area, order --consent, lift on a running monitor", .serialized) struct WarningLiveTests {
    private func order(_ running: RunningOffice, _ arguments: String...) throws {
        let result = try Program.run(
            ["warnings", "order", "--from", "province", "--as", "王五", "--reason", "冀气领办〔2026〕12号"] + arguments
                + ["--store", running.store])
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test func `an area gets a level of its own, not below the order, and keeps it over a kill`() throws {
        let running = try RunningOffice()
        try running.refused("no warning", "area", "三河市", "--level", "red", "--as", "王五", "--reason", "x")
        try order(running, "--level", "orange")
        try running.signed(1)
        try running.refused("三河市", "area", "石家庄市", "--level", "red", "--as", "王五", "--reason", "x")
        try running.refused("consent", "area", "三河市", "--level", "yellow", "--as", "王五", "--reason", "x")
        try running.refused("nobody", "area", "三河市", "--level", "red", "--as", "nobody", "--reason", "x")
        try running.refused("1 to 4000", "area", "三河市", "--level", "red", "--as", "王五", "--reason", " ")
        let shown = try running.done("area", "三河市", "--level", "red", "--as", "王五", "--reason", "市指挥部同意")
        #expect(shown.contains("三河市: RED") && shown.contains("王五"), "\(shown)")
        running.stop()
        try running.start()
        #expect(try running.status().office.areas.map(\.level) == [.red])
        let object = try JSONSerialization.jsonObject(
            with: Data(try Program.run("watch", "--json", "--store", running.store).output.utf8))
        let desk = try #require((object as? [String: Any])?["desk"] as? [String: Any])
        let areas = try #require(desk["areas"] as? [[String: Any]])
        #expect(areas.first?["level"] as? String == "red" && areas.first?["consentBy"] as? String == "王五")
        // The air is clean: what protects people waits for the pollution, all else runs.
        let measures = try #require(desk["measures"] as? [[String: Any]])
        #expect(
            measures.compactMap { $0["id"] as? String }
                == ResponsePlan.shipped.measures(in: Situation(level: .orange)).map(\.measure.id))
        #expect(measures.count { $0["waits"] != nil } == 6)
        let screen = try Program.run(
            "watch", "--once", "--screen", "warning", "--size", "200x60", "--store", running.store
        ).output
        #expect(screen.contains("~ Large outdoor events stop (starts with the pollution itself; 六(三))"), "\(screen)")
        // The province lets go down: the area may, too.
        try order(running, "--consent", "yellow")
        try running.done("area", "三河市", "--level", "yellow", "--as", "王五", "--reason", "x")
        #expect(try running.status().office.areas.map(\.level) == [.yellow])
        try running.done("area", "三河市", "--level", "none", "--as", "王五", "--reason", "x")
        #expect(try running.status().office.areas.isEmpty)
        let ledger = try StoreReader(path: running.store).read { try $0.ledger(newest: 100) }
        #expect(ledger.filter { $0.kind == "area" }.map(\.reason) == ["市指挥部同意", "x", "x"])
        #expect(ledger.filter { $0.kind == "consent" }.map(\.person) == ["王五"])
    }

    @Test func `above a regional warning the last signature waits for the consent of the province`() throws {
        // Four days above 200 are behind us: the city wants orange.
        let running = try RunningOffice(pm25: 200_000, hours: 96)
        let consent = ["order", "--from", "province", "--consent", "orange", "--as", "王五", "--reason", "省办电话同意"]
        let early = try Program.run(["warnings"] + consent + ["--store", running.store])
        #expect(early.status == 65 && early.errors.contains("no order of the province"), "\(early.errors)")
        try order(running, "--level", "yellow", "--regional")
        #expect(try running.done("list").contains("regional warning of the province: YELLOW"))
        #expect(try running.status().office.draft?.event.level == .orange)
        try running.done("sign", "1", "--as", "张三")
        try running.refused("--consent orange", "sign", "1", "--as", "李四")
        #expect(try running.done("list").contains("consent of the province to ORANGE"))
        running.stop()
        try running.start()
        try running.refused("--consent orange", "sign", "1", "--as", "李四")
        #expect(try Program.run(["warnings"] + consent + ["--store", running.store]).status == 0)
        try running.done("sign", "1", "--as", "李四")
        #expect(try running.status().rules.inForce?.level == .orange)
        #expect(try running.kinds().filter { $0 != "voided" }.suffix(4) == ["signed", "consent", "signed", "issued"])
    }

    @Test func `a lift by hand waits for the end of the order, is signed, and leaves its reason`() throws {
        let running = try RunningOffice()
        try running.refused("no warning", "lift", "--as", "王五", "--reason", "x")
        try order(running, "--level", "yellow")
        try running.signed(1)
        try running.refused("order of the province stands", "lift", "--as", "王五", "--reason", "x")
        try order(running, "--level", "none")
        let proposed = try running.done("lift", "--as", "王五", "--reason", "仪器故障，误发")
        #expect(proposed.contains("lift the YELLOW"), "\(proposed)")
        try running.refused("office deputy director", "sign", "2", "--as", "王五")
        // Declined, and taken up again by the deputy director.
        try running.done("decline", "2", "--as", "张三", "--reason", "先核实")
        try running.refused("office deputy director", "sign", "2", "--as", "李四")
        try running.signed(2)
        #expect(try running.status().rules.inForce == nil)
        let events = try Program.run("export", "warnings", "--store", running.store).output
        #expect(events.contains(#""event":"lifted","level":"yellow","response":"III","basis":"operator""#), "\(events)")
        #expect(try running.done("show", "2").contains("仪器故障，误发"))
        #expect(try Program.run("ledger", "verify", "--store", running.store).status == 0)
        // Too late.
        try running.refused("proposal 2 does not stand", "sign", "2", "--as", "李四")
    }
}
