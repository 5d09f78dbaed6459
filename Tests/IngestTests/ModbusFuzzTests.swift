import Dispatch
import Foundation
import Glibc
import Ingest
import TestSupport
import Testing

/// Answers that were right once and are not any more: whatever comes, the client neither crashes nor hangs, gives exactly
/// as many registers as were asked for, and believes no frame that a strict reader of the specification would refuse.
///
/// `AQI_FUZZ_FRAMES=10000000` says how many frames each line takes, `AQI_FUZZ_SEED=7` which.
@Suite("Ingest: mutated Modbus answers", .serialized) struct ModbusFuzzTests {
    static let frames = ProcessInfo.processInfo.environment["AQI_FUZZ_FRAMES"].flatMap { Int($0) } ?? 10_000
    static let seed = ProcessInfo.processInfo.environment["AQI_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

    @Test(arguments: [true, false])
    func `no mutated answer is believed that the specification refuses`(isTCP: Bool) throws {
        let started = ContinuousClock.now
        let device = MutatingDevice(isTCP: isTCP, seed: Self.seed)
        var counts = (believed: 0, refused: 0)
        var random = SeededRandom(seed: Self.seed &+ 1)
        for frame in 0..<Self.frames {
            let count = random.integer(1...125)
            let table: RegisterTable = random.chance(50) ? .holding : .input
            let client = try RawRead(taking: device.connect(), isTCP: isTCP, responseTimeoutMs: 1000)
            let words = try? client.read(table, unit: 17, address: random.integer(0...65_535 - count), count: count)
            guard let words else {
                counts.refused += 1
                continue
            }
            counts.believed += 1
            let sent = unsafe device.lastAnswer
            if words.count != count || Strict.words(sent, table, count, isTCP: isTCP) != words {
                Issue.record("seed \(Self.seed), frame \(frame), \(table) \(count), \(sent) was believed as \(words)")
                return
            }
        }
        device.stop()
        // Both happen, or the test tests nothing.
        #expect(counts.believed > Self.frames / 200 && counts.refused > Self.frames / 4, "\(counts)")
        let line = isTCP ? "TCP" : "RTU"
        print("\(Self.frames) mutated \(line) frames, seed \(Self.seed): \(counts), \(ContinuousClock.now - started)")
    }
}

/// What the specifications allow, read anew and byte by byte.
private enum Strict {
    /// The registers that what came answers the request with, or nil where it does not.
    static func words(_ bytes: [UInt8], _ table: RegisterTable, _ count: Int, isTCP: Bool) -> [UInt16]? {
        isTCP ? numbered(bytes[...], table, count) : unnumbered(bytes[...], table, count)
    }

    /// MODBUS Messaging on TCP/IP V1.0b, 3.1.3: frame after frame, each as long as it says; the one of transaction 1, the first
    /// of a connection, decides.
    private static func numbered(_ bytes: ArraySlice<UInt8>, _ table: RegisterTable, _ count: Int) -> [UInt16]? {
        let frame = Array(bytes)
        guard frame.count >= 9, frame[2...3] == [0, 0] else { return nil }
        let length = 6 + Int(frame[4]) << 8 + Int(frame[5])
        guard length >= 9, length <= 260, frame.count >= length else { return nil }
        guard frame[0...1] == [0, 1] else { return numbered(bytes.dropFirst(length), table, count) }
        guard length == 9 + 2 * count, frame[6...8] == [17, UInt8(table.rawValue), UInt8(2 * count)] else { return nil }
        return registers(frame[9...], count)
    }

    /// MODBUS over Serial Line V1.02, 2.5.1.1: nothing says where a frame begins, so that what other units sent before is no
    /// harm: anywhere in what came there is a whole frame, checksum and all.
    private static func unnumbered(_ bytes: ArraySlice<UInt8>, _ table: RegisterTable, _ count: Int) -> [UInt16]? {
        let length = 3 + 2 * count
        for start in bytes.indices where bytes.endIndex - start >= length + 2 {
            let frame = Array(bytes[start..<start + length])
            let check = UInt16(bytes[start + length]) | UInt16(bytes[start + length + 1]) << 8
            guard frame[0...2] == [17, UInt8(table.rawValue), UInt8(2 * count)], checksum(frame) == check else {
                continue
            }
            return registers(frame[3...], count)
        }
        return nil
    }

    private static func registers(_ bytes: ArraySlice<UInt8>, _ count: Int) -> [UInt16] {
        let bytes = Array(bytes)
        return (0..<count).map { UInt16(bytes[2 * $0]) << 8 | UInt16(bytes[2 * $0 + 1]) }
    }

    /// MODBUS over Serial Line V1.02, 6.2.2.
    static func checksum(_ bytes: [UInt8]) -> UInt16 {
        var check: UInt16 = 0xFFFF
        for byte in bytes {
            check ^= UInt16(byte)
            for _ in 0..<8 { check = check & 1 == 1 ? check >> 1 ^ 0xA001 : check >> 1 }
        }
        return check
    }
}

/// Answers one request a connection with a frame that is nearly right, and ends it, so that nobody waits for the rest.
private final class MutatingDevice: @unchecked Sendable {
    // Invariant: `lastAnswer` is written before the client can read the answer, and read after: the socket orders them.
    nonisolated(unsafe) private(set) var lastAnswer: [UInt8] = []
    private let isTCP: Bool
    nonisolated(unsafe) private var random: SeededRandom
    /// Descriptors of new connections come through here; its end is the end of the device.
    private let doorbell: (client: Int32, device: Int32)
    private let finished = DispatchGroup()

    init(isTCP: Bool, seed: UInt64) {
        self.isTCP = isTCP
        unsafe random = SeededRandom(seed: seed)
        doorbell = MutatingDevice.pair()
        DispatchQueue(label: "mutating device").async(group: finished) { [self] in serve() }
    }

    func stop() {
        close(doorbell.client)
        finished.wait()
        close(doorbell.device)
    }

    /// The client's end of a new connection.
    func connect() -> Int32 {
        let ends = MutatingDevice.pair()
        var number = ends.device
        // Invariant: send(2) reads four bytes.
        unsafe send(doorbell.client, &number, 4, 0)
        return ends.client
    }

    private static func pair() -> (client: Int32, device: Int32) {
        var ends: [Int32] = [-1, -1]
        // Invariant: socketpair(2) writes two descriptors.
        guard unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
            preconditionFailure("socketpair: \(errno)")
        }
        return (ends[0], ends[1])
    }

    private func serve() {
        var connection: Int32 = 0
        var request = [UInt8](repeating: 0, count: 260)
        // Invariant: recv(2) writes at most as many bytes as are said.
        while unsafe recv(doorbell.device, &connection, 4, Int32(MSG_WAITALL)) == 4 {
            let count = unsafe recv(connection, &request, 260, 0)
            if count >= 8 {
                let answer = mutated(right(Array(request.prefix(count))))
                unsafe lastAnswer = answer
                // Invariant: send(2) reads answer.count bytes.
                _ = unsafe answer.withUnsafeBytes {
                    unsafe send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
            }
            close(connection)
        }
    }

    /// The right answer with made-up registers, or a refusal.
    private func right(_ request: [UInt8]) -> [UInt8] {
        let start = isTCP ? 7 : 1
        let count = Int(request[start + 3]) << 8 | Int(request[start + 4])
        var answer =
            unsafe random.chance(10)
            ? [request[start - 1], request[start] | 0x80, UInt8(unsafe random.integer(0...255))]
            : [request[start - 1], request[start], UInt8(2 * count)]
                + (0..<2 * count).map { _ in
                    UInt8(unsafe random.integer(0...255))
                }
        if isTCP { return Array(request[..<4]) + [UInt8(answer.count >> 8), UInt8(answer.count & 0xFF)] + answer }
        let check = Strict.checksum(answer)
        answer += [UInt8(check & 0xFF), UInt8(check >> 8)]
        return answer
    }

    /// One to three changes, most of them where frames are decided: in the first bytes.
    private func mutated(_ frame: [UInt8]) -> [UInt8] {
        var frame = frame
        for _ in 0..<(unsafe random.integer(1...3)) {
            let head = min(frame.count, 10)
            guard head > 0 else { return [0] }
            let place = unsafe random.chance(60) ? random.integer(0...head - 1) : random.integer(0...frame.count - 1)
            switch unsafe random.integer(0...7) {
            case 0: frame[place] ^= 1 << UInt8(unsafe random.integer(0...7))
            case 1: frame[place] = UInt8(unsafe random.integer(0...255))
            case 2: frame.remove(at: place)
            case 3: frame.insert(UInt8(unsafe random.integer(0...255)), at: place)
            case 4: frame.removeLast(unsafe random.integer(1...frame.count))
            case 5: frame += (0..<(unsafe random.integer(1...300))).map { _ in UInt8(unsafe random.integer(0...255)) }
            case 6: frame.insert(contentsOf: frame.prefix(place), at: 0)
            default: frame[place] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF][unsafe random.integer(0...5)]
            }
        }
        // Some of them with a checksum that fits again, so that what lies behind it is reached.
        if !isTCP, frame.count > 2, unsafe random.chance(40) {
            let check = Strict.checksum(Array(frame.dropLast(2)))
            frame.replaceSubrange(frame.count - 2..<frame.count, with: [UInt8(check & 0xFF), UInt8(check >> 8)])
        }
        return frame.isEmpty ? [0] : frame
    }
}
