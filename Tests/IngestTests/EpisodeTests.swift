import AQICore
import Ingest
import Testing

/// The made-up episode of the demo: nothing depends on its numbers, but the demo must show what it is to show.
@Suite("Ingest: the made-up episode") struct EpisodeTests {
    @Test func `the same seed gives the same rows, another seed others`() {
        let hours = 0..<2 * Episode.length
        let rows = hours.map { Episode(seed: 7).row($0) }
        #expect(hours.map { Episode(seed: 7).row($0) } == rows)
        // Also out of order: a row depends on its hour alone.
        #expect(hours.reversed().map { Episode(seed: 7).row($0) } == rows.reversed())
        for seed: UInt64 in [0, 6, 8, .max] { #expect(hours.map { Episode(seed: seed).row($0) } != rows) }
    }

    @Test(arguments: [0, 1, 42, .max] as [UInt64])
    func `haze builds up to an index above 300, clears, and the month goes on`(seed: UInt64) throws {
        let episode = Episode(seed: seed)
        var windows = StationWindows()
        var indices: [Int32?] = []
        for offset in 0..<Episode.length {
            try windows.advance(to: Hour(start: Int32(offset)), episode.row(offset))
            indices.append(windows.report(.running24, edition: .hj633Of2026).index)
        }
        let known = indices.compactMap(\.self)
        #expect(try #require(known.max()) > 300)
        #expect(try #require(known.max()) <= 500)
        // Clean before and after, so that warnings are issued and lifted.
        #expect(known.contains { $0 <= 100 })
        #expect(try #require(indices.last ?? nil) <= 100)
    }

    @Test(arguments: [0, 1, 42, .max] as [UInt64])
    func `every value is one that an instrument may show`(seed: UInt64) {
        for offset in 0..<2 * Episode.length {
            let row = Episode(seed: seed).row(offset)
            for pollutant in Pollutant.allSix {
                guard let value = row[pollutant].thousandths else { continue }
                #expect((Int32(pollutant.lowestLegal)...2_000_000_000).contains(value), "seed \(seed), hour \(offset)")
                #expect(value % pollutant.publishedStep == 0, "seed \(seed), hour \(offset): \(pollutant) \(value)")
            }
        }
    }

    @Test func `some values are missing, each for a reason, and never a whole hour`() {
        let rows = (0..<Episode.length).map { Episode(seed: 1).row($0) }
        var reasons: [DataFlag: Int] = [:]
        for row in rows {
            #expect(!row.isEmpty)
            for pollutant in Pollutant.allSix where row[pollutant].isMissing {
                reasons[row[pollutant].reason, default: 0] += 1
            }
        }
        #expect(reasons[.calibration] == 4)
        #expect(reasons[.fault] == 3)
        #expect(reasons.count == 2)
    }

    @Test func `random numbers are those of the published generator`() {
        // SplitMix64 from seed 0 (Vigna's splitmix64.c, as java.util.SplittableRandom gives them).
        var random = SplitMix(seed: 0)
        #expect(
            [random.next(), random.next(), random.next()] as [UInt64] == [
                0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F,
            ])
    }
}
