import AQICore
import Foundation
import NIOCore
import Synchronization
import Terminal
import TestSupport
import Testing
import Warnings

@testable import aqi_monitor

/// A peer that asks for changes only sees the same as one that is told all.
@Suite("status: changes only") struct StatusChangesTests {
    /// A monitor whose stations, senders and log go their way by chance.
    private final class Source: SnapshotSource {
        private let state: Mutex<(random: SeededRandom, snapshot: Snapshot, step: UInt64)>

        init(seed: UInt64, stations: Int) {
            var snapshot = Snapshot(time: Instant(seconds: 1_700_000_000))
            snapshot.stations = (0..<stations).map {
                .init(key: "\($0)A", name: "站 \($0)", lines: Pollutant.allSix.map(Snapshot.Line.init))
            }
            snapshot.senders = (0..<stations).map { .init(receiver: "city", name: "MN\($0)") }
            state = Mutex((SeededRandom(seed: seed), snapshot, 1))
        }

        func change() {
            state.withLock { state in
                state.step += 1
                state.snapshot.time = state.snapshot.time + Int64(state.random.integer(0...3))
                for place in state.snapshot.stations.indices where state.random.chance(5) {
                    state.snapshot.stations[place].lines[state.random.integer(0...5)].latest = Concentration(
                        thousandths: Int32(state.random.integer(0...900_000)))
                }
                for place in state.snapshot.senders.indices where state.random.chance(5) {
                    state.snapshot.senders[place].packets += 1
                }
                for _ in 0..<state.random.integer(0...5) {
                    state.snapshot.logged += 1
                    let line = "line \(state.snapshot.logged)"
                    state.snapshot.log.append(.init(time: state.snapshot.time, text: line, isWarning: false))
                }
                state.snapshot.log = state.snapshot.log.suffix(200)
                if state.random.chance(20) {
                    state.snapshot.desk.missingConsent = state.random.chance(50) ? "province" : nil
                }
                state.snapshot.wanted = state.random.chance(50) ? .red : nil
            }
        }

        var newest: Snapshot { state.withLock { $0.snapshot } }

        func snapshot(after seen: UInt64?) async -> (snapshot: Snapshot, step: UInt64)? {
            state.withLock { $0.step == seen ? nil : ($0.snapshot, $0.step) }
        }

        func history(of station: String, with other: Parameter?, through hour: Hour?) async -> History? { nil }
    }

    private func message(_ buffer: ByteBuffer) throws -> StatusMessage {
        try StatusMessage(line: String(buffer: buffer).trimmingCharacters(in: .newlines))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `whoever listens, now and then or always, is up to date`(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let source = Source(seed: seed, stations: 40)
        let lines = StatusLines(source: source)
        // Each with what it has been told, and what it makes of that.
        var peers: [(told: StatusLines.Told?, snapshot: Snapshot?)] = Array(repeating: (nil, nil), count: 4)
        var (whole, partial, deskless) = (0, 0, 0)
        for step in 0..<300 {
            source.change()
            for place in peers.indices where random.chance(60) {
                let (told, known) = peers[place]
                guard let next = try await lines.line(after: told, changesOnly: true, keepsDesk: place > 0) else {
                    continue
                }
                let message = try message(next.line)
                var snapshot = known ?? message.snapshot
                if message.changes ?? false {
                    snapshot.take(changes: message.snapshot, hasDesk: message.desk != nil)
                    deskless += message.desk == nil ? 1 : 0
                } else {
                    snapshot = message.snapshot
                }
                #expect((message.changes ?? false) == (told != nil))
                // Who does not say that it keeps one gets it in every line.
                #expect(place > 0 || message.desk != nil)
                #expect(snapshot == source.newest, "seed \(seed), step \(step), peer \(place)")
                if told == nil {
                    whole = next.line.readableBytes
                } else {
                    partial = max(partial, next.line.readableBytes)
                }
                peers[place] = (next.told, snapshot)
            }
        }
        #expect(partial < whole && deskless > 0)
        #expect(
            try await lines.line(after: peers[0].told, changesOnly: true) == nil || peers[0].snapshot != source.newest)
    }

    @Test func `who asks for nothing is told all, as ever`() async throws {
        let source = Source(seed: 1, stations: 3)
        let lines = StatusLines(source: source)
        var told: StatusLines.Told?
        for _ in 0..<10 {
            source.change()
            let next = try #require(try await lines.line(after: told, changesOnly: false))
            told = next.told
            let message = try message(next.line)
            #expect(message.changes == nil && message.snapshot == source.newest)
            #expect(try await lines.line(after: told, changesOnly: false) == nil)
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `hours come back as they were, with the reason where there is no value`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let flags = (UInt8(32)..<64).compactMap(DataFlag.init)
        let rows = (0..<random.integer(1...720)).map { _ in
            var row = HourRow()
            for pollutant in Pollutant.allSix {
                row[pollutant] =
                    random.chance(70)
                    ? Concentration(thousandths: Int32(random.integer(-10_000...2_000_000_000)))
                    : .missing(flags[random.integer(0...flags.count - 1)])
            }
            return row
        }
        var history = History(station: "药材公司 \"A\"", first: Hour(start: 480_000), rows: rows)
        if random.chance(70) {
            history.others[.temperature] = rows.map { Concentration(packed: $0[.so2].packed) }
            history.others[.windDirection] = rows.map { Concentration(packed: $0[.co].packed) }
        }
        let line = String(decoding: try HistoryMessage(history).line, as: UTF8.self)
        #expect(line.hasPrefix(HistoryMessage.prefix) && line.filter { $0 == "\n" }.count == 1)
        let back = try JSONDecoder().decode(HistoryMessage.self, from: Data(line.utf8)).snapshot
        #expect(back == history, "seed \(seed)")
    }

    @Test func `what is no request is passed over`() {
        for nonsense in [
            "", "{}", "[]", "null", #"{"version":2,"changes":true}"#, "\u{1B}[2J", "{{{{", #"{"version":"1"}"#,
        ] {
            #expect(StatusRequest(line: nonsense) == nil, "\(nonsense)")
        }
        #expect(StatusRequest(line: #"{"version":1,"changes":true}"#) == StatusRequest(changes: true))
        #expect(StatusRequest(line: #"{"version":1,"history":"A","new":7}"#) == StatusRequest(history: "A"))
        #expect(
            StatusRequest(line: #"{"version":1,"history":"A","channel":"wind_speed"}"#)
                == StatusRequest(history: "A", with: .windSpeed))
    }
}
