import AQICore
import Store
import Testing

@Suite("Store: packed minutes") struct MinuteBlobTests {
    private func values(_ count: Int, _ random: inout Random) -> [Concentration] {
        let units: [Int32] = [1, 10, 100, 1000]
        let unit = units[random.below(4)]
        let kind = random.below(4)
        return (0..<count).map { _ in
            switch random.below(kind == 0 ? 2 : 8) {
            case 0: Concentration(packed: .min + Int32(random.below(64)))
            case 1 where kind == 1: Concentration(thousandths: [.max, .min + 64, 0, -1, 1][random.below(5)])
            default: Concentration(thousandths: (Int32(random.below(90_000)) - 10_000) * unit)
            }
        }
    }

    private func column(_ random: inout Random) -> MinuteColumn {
        let isEven = random.below(2) == 0
        let step = 1 + random.below(20)
        let seconds =
            isEven
            ? Array(stride(from: random.below(60), to: 60, by: step))
            : (0..<60).filter { _ in random.below(3) == 0 }
        return MinuteColumn(
            parameter: UInt8(random.below(256)), seconds: seconds.map { UInt8($0) },
            values: values(seconds.count, &random))
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `every minute comes back as it was`(seed: UInt64) {
        var random = Random(seed: seed)
        for _ in 0..<500 {
            let columns = (0..<random.below(20)).map { _ in column(&random) }.filter { !$0.seconds.isEmpty }
            #expect(MinuteBlob.unpack(MinuteBlob.pack(columns)) == columns, "seed \(seed)")
        }
    }

    @Test func `every value there is comes back, next to every other kind`() {
        let edges: [Concentration] =
            [.min, .min + 1, .min + 63, .min + 64, -1, 0, 1, 999, 1000, 64_000, .max - 1, .max].map(
                Concentration.init(packed:))
        for left in edges {
            for right in edges {
                let columns = [MinuteColumn(parameter: 0, seconds: [0, 59], values: [left, right])]
                #expect(MinuteBlob.unpack(MinuteBlob.pack(columns)) == columns)
            }
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `damaged bytes give a minute or none, and never a trap`(seed: UInt64) {
        var random = Random(seed: seed)
        for _ in 0..<2000 {
            var bytes = MinuteBlob.pack((0..<3).map { _ in column(&random) })
            switch random.below(4) {
            case 0: bytes = (0..<random.below(200)).map { _ in UInt8(random.below(256)) }
            case 1: bytes = Array(bytes.prefix(random.below(bytes.count)))
            case 2: bytes += (0..<random.below(9)).map { _ in UInt8(random.below(256)) }
            default: for _ in 0...random.below(4) { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
            }
            // What can be read can be written, and read again.
            if let columns = MinuteBlob.unpack(bytes) {
                #expect(columns.allSatisfy { $0.seconds.count == $0.values.count && $0.seconds.allSatisfy { $0 < 60 } })
                #expect(MinuteBlob.unpack(MinuteBlob.pack(columns)) == columns, "seed \(seed)")
            }
        }
    }

    @Test func `a steady minute at 1 Hz takes little more than a byte a value`() {
        // Tenths of µg/m³ that move by up to 6: what an analyser's register gives.
        var random = Random(seed: 3)
        let columns = (0..<20).map { parameter in
            MinuteColumn(
                parameter: UInt8(parameter), seconds: (0..<60).map { UInt8($0) },
                values: (0..<60).map { _ in Concentration(thousandths: 40_000 + 100 * Int32(random.below(60))) })
        }
        #expect(MinuteBlob.pack(columns).count < 1200 * 115 / 100)
    }
}
