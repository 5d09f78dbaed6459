import AQICore
import Foundation
import HJ212
import Ingest
import Synchronization
import TestSupport
import Testing

/// What a peer does that means no good.
enum Hostility: String, CaseIterable, Sendable {
    /// A frame that never gets on: a byte now and then, on many connections.
    case slowLoris = "slow-loris"
    case frameWithoutEnd = "frame without end"
    /// Frames as long as they may be, of separators alone, their checksums right.
    case semicolons
    /// Connections as fast as they can be made.
    case connects
    /// Packets whose acknowledgements nobody reads.
    case neverReads = "never reads"
}

/// AQI_HOSTILE is how many times as much comes as in every run: 1000 sends a billion semicolons, 10 makes ten thousand connections
/// and more.
private let scale = ProcessInfo.processInfo.environment["AQI_HOSTILE"].flatMap { Int($0) } ?? 1

@Suite("HJ 212: hostile peers", .serialized) struct HJ212HostileTests {
    @Test(arguments: Hostility.allCases)
    func `while one peer is hostile, a city is served and nothing grows`(hostility: Hostility) async throws {
        let reasons = Mutex<[String: Int]>([:])
        let server = try await HJ212Server(
            address: "127.0.0.1", port: 0, rules: rules(hostility),
            clock: { Instant(seconds: Int64(Date().timeIntervalSince1970)) },
            tell: { event in
                guard case .closed(let reason) = event else { return }
                reasons.withLock { $0[reason.rawValue, default: 0] += 1 }
            })
        let running = Task { try await server.run { _ in true } }
        var options = HJ212City.Options()
        options.stationCount = Self.honest
        options.millisecondsBetweenPackets = 50
        let city = HJ212City(options, clock: { Instant(seconds: Int64(Date().timeIntervalSince1970)) })
        try await city.start(host: "127.0.0.1", port: server.port)
        for _ in 0..<1000 where city.counts.acknowledged < 10 { try await Task.sleep(for: .milliseconds(5)) }
        city.forget()
        let before = residentKiB()
        let began = ContinuousClock.now
        let done = await attack(hostility, port: server.port) {
            reasons.withLock { !$0.isEmpty }
        }
        let duration = ContinuousClock.now - began
        let grown = residentKiB() - before
        // Whoever is still served now was served all along: nobody's connection was lost.
        let seen = city.counts.acknowledged
        for _ in 0..<1000 where city.counts.acknowledged < seen + 20 { try await Task.sleep(for: .milliseconds(5)) }
        let counts = city.counts
        #expect(counts.lost == 0 && counts.acknowledged >= seen + 20 && counts.unanswered == 0)
        #expect(grown < 64 * 1024, "\(grown) KiB")
        // The server may be behind with telling.
        for _ in 0..<1000 where hostility != .slowLoris && reasons.withLock({ $0.isEmpty }) {
            try await Task.sleep(for: .milliseconds(10))
        }
        let closed = reasons.withLock { $0 }
        switch hostility {
        case .slowLoris: #expect(server.connectionCount <= 60)
        case .frameWithoutEnd: #expect(closed["noise"] ?? 0 > 0)
        case .semicolons: #expect(closed["refused-too-often"] ?? 0 > 0)
        case .connects: #expect(closed["too-many-connections"] ?? 0 > 0)
        case .neverReads: #expect(closed["does-not-read"] ?? 0 > 0)
        }
        if scale > 1 {
            print(
                "\(hostility.rawValue): \(done) in \(duration), others p50 \(counts.delay(perMille: 500)) ms,",
                "p99 \(counts.delay(perMille: 990)) ms, \(counts.acknowledged) of \(counts.sent), +\(grown) KiB, \(closed)"
            )
        }
        await city.stop()
        await server.stop()
        _ = try await running.value
    }

    private static let honest = 5

    private func rules(_ hostility: Hostility) -> CentreRules {
        var rules = CentreRules(
            stations: (0...Self.honest).map {
                WireStation(
                    mn: HJ212City.mn($0), password: "123456", number: Int32($0),
                    channels: [WireChannel(factor: Code("a34004"), parameter: .pm25, unit: .microgramsPerCubicMetre)])
            })
        // Few: simulators of other tests wait by select(2), which ends a process at its 1024th descriptor.
        rules.connectionsPerAddress = 60
        // What never reads shall not be stopped for its haste.
        if hostility == .neverReads { rules.packetsPerSecond = 1_000_000 }
        return rules
    }

    /// Does its worst; returns how much of it.
    private func attack(_ hostility: Hostility, port: Int, isRefused: () -> Bool) async -> String {
        switch hostility {
        case .slowLoris: await creep(port)
        case .frameWithoutEnd:
            pour(Array("##4000QN=".utf8), then: [UInt8](repeating: UInt8(ascii: "A"), count: 65_536), port)
        case .semicolons:
            pour([], then: Message.frame([UInt8](repeating: UInt8(ascii: ";"), count: 4000)), port)
        case .connects: await knock(port, isRefused)
        case .neverReads: talk(port)
        }
    }

    private func creep(_ port: Int) async -> String {
        let peers = (0..<40).map { _ in connectToLoopback(port: port) }
        let frame = Array("##0300QN=20191018104900001;ST=22;CN=2011;PW=123456;MN=AQISIM".utf8)
        for place in 0..<min(20 * scale, frame.count) {
            for peer in peers { _ = put([frame[place]], peer) }
            try? await Task.sleep(for: .milliseconds(20))
        }
        for peer in peers { close(peer) }
        return "40 connections"
    }

    /// Writes a million bytes times the scale, on a new connection wherever one is closed.
    private func pour(_ head: [UInt8], then bytes: [UInt8], _ port: Int) -> String {
        let wanted = 1_000_000 * scale
        var written = 0
        var connections = 0
        while written < wanted, connections < 100_000 {
            let peer = connectToLoopback(port: port)
            guard peer >= 0 else { break }
            connections += 1
            var isOpen = put(head, peer)
            while isOpen, written < wanted {
                isOpen = put(bytes, peer)
                if isOpen { written += bytes.count }
            }
            close(peer)
        }
        return "\(written) bytes on \(connections) connections"
    }

    /// Connects, and holds what it gets.
    private func knock(_ port: Int, _ isRefused: () -> Bool) async -> String {
        let wanted = 1000 * scale
        let began = ContinuousClock.now
        var held: [Int32] = []
        for _ in 0..<wanted {
            let peer = connectToLoopback(port: port)
            if peer >= 0 { held.append(peer) }
            // Of those that the server closed, and of ours, not more than a process may have.
            if held.count == 100 { close(held.removeFirst()) }
        }
        let rate = Double(wanted) / ((ContinuousClock.now - began) / .seconds(1))
        // The server may be behind with accepting.
        for _ in 0..<500 where !isRefused() { try? await Task.sleep(for: .milliseconds(10)) }
        for peer in held { close(peer) }
        return "\(wanted) connections, \(Int(rate)) a second"
    }

    /// Sends good packets and reads nothing, until it is let go.
    private func talk(_ port: Int) -> String {
        let peer = connectToLoopback(port: port)
        // So that little of what is not read lies here.
        var size: Int32 = 4096
        _ = unsafe setsockopt(peer, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        let frame = Message(
            qn: "20191018104900001", st: 22, cn: 2011, pw: "123456", mn: HJ212City.mn(Self.honest), flag: 5,
            cp: "DataTime=20191018104900;a34004-Rtd=1,a34004-Flag=N"
        ).frame
        var many: [UInt8] = []
        for _ in 0..<200 { many += frame }
        var written = 0
        while written < 256_000_000, put(many, peer) { written += many.count }
        close(peer)
        return "\(written / frame.count) packets"
    }

    /// Writes all; false where the other end is gone.
    private func put(_ bytes: [UInt8], _ peer: Int32) -> Bool {
        var start = 0
        while start < bytes.count {
            // Invariant: the range lies within the array, which outlives the call.
            let count = unsafe bytes[start...].withUnsafeBytes {
                unsafe send(peer, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            start += count
        }
        return true
    }

    private func residentKiB() -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return line.split(separator: " ").compactMap { Int($0) }.first ?? 0
    }
}
