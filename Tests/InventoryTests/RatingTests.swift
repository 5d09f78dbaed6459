import AQICore
import Inventory
import Testing

/// Plan 五(三), 五(五), 七(六).
@Suite("Inventory: ratings") struct RatingTests {
    /// From the worst up; A and leaders are alike.
    private static let order: [[Rating]] = [[.none], [.c], [.b], [.a, .leader]]
    private static func rank(_ rating: Rating) -> Int { order.firstIndex { $0.contains(rating) } ?? -1 }

    private func standing(
        _ ratings: [Rating], indicators: [Rating] = [], _ change: (inout InventoryTables) -> Void = { _ in },
        on day: NaturalDay = today
    ) throws -> Standing {
        var tables = InventoryTables()
        tables.add("P", .none, rating: ratings[0])
        for (place, rating) in ratings.dropFirst().enumerated() {
            tables.add(process: "process \(place)", of: "P", rating: rating)
        }
        tables.indicators = indicators.enumerated().map { place, rating in
            RatingIndicator(
                plant: "P", process: "process", name: "indicator \(place)", rating: rating, line: at(7000 + place))
        }
        change(&tables)
        return try tables.inventory(on: day).standings[0]
    }

    @Test func `of all combinations of two processes and two indicators the worst rules`() throws {
        for first in Rating.allCases {
            for second in Rating.allCases {
                for indicator in Rating.allCases {
                    for other in Rating.allCases {
                        let standing = try standing([first, second], indicators: [indicator, other])
                        let worst = [first, second, indicator, other].map(Self.rank).min()
                        #expect(Self.rank(standing.rating) == worst, "\(first) \(second) \(indicator) \(other)")
                        #expect(Self.rank(standing.stated) == min(Self.rank(first), Self.rank(second)))
                        // Each unmet indicator is named, and no other.
                        let unmet = [indicator, other].filter { Self.rank($0) < Self.rank(standing.stated) }
                        #expect(standing.causes.count == unmet.count)
                    }
                }
            }
        }
    }

    @Test(arguments: Inspection.Finding.allCases.filter { $0 != .unlistedRunning })
    func `each of the eight vetoes bars A and B, and each finding brings to C`(finding: Inspection.Finding) throws {
        #expect(Inspection.Finding.allCases.filter(\.isVeto).count == 8)
        for (stated, rating) in [
            (Rating.a, Rating.c), (.b, .c), (.leader, .c), (.c, .c), (.none, .none),
        ] {
            let standing = try standing([stated], { $0.add(finding, at: "P") })
            #expect(standing.rating == rating, "\(stated)")
            #expect(standing.causes.count == 1)
        }
    }

    @Test(arguments: Inspection.Finding.allCases.filter(\.isVeto))
    func `a veto holds in principle: with a reason it does not, and is shown`(finding: Inspection.Finding) throws {
        let standing = try standing([.a], { $0.add(finding, at: "P", exception: "put right on the spot") })
        #expect(standing.rating == .a)
        guard case .excepted(let record) = try #require(standing.causes.first) else {
            Issue.record("\(standing.causes)")
            return
        }
        #expect(record.finding == finding)
    }

    @Test func `a serious violation bars for two years to the day, whatever was rated since`() throws {
        for (found, now, rating) in [
            (day(2024, 11, 17), day(2026, 11, 16), Rating.c), (day(2024, 11, 16), day(2026, 11, 16), .a),
            (day(2024, 2, 29), day(2026, 2, 27), .c), (day(2024, 2, 29), day(2026, 2, 28), .a),
            // What is found later is not known yet.
            (day(2026, 11, 17), day(2026, 11, 16), .a),
        ] {
            let standing = try standing(
                [.a],
                {
                    $0.plants[0].rated = now
                    $0.add(.seriousViolation, at: "P", on: found)
                }, on: now)
            #expect(standing.rating == rating, "\(found.date) \(now.date)")
        }
    }

    @Test func `a newer rating has taken into account what was found before`() throws {
        for (rated, rating) in [(day(2026, 11, 1), Rating.c), (day(2026, 11, 2), .a)] {
            let standing = try standing(
                [.a],
                {
                    $0.plants[0].rated = rated
                    $0.add(.measuresNotCarriedOut, at: "P", on: day(2026, 11, 1))
                })
            #expect(standing.rating == rating)
        }
    }

    @Test func `a breach takes a guaranteed enterprise off its list at once, a veto does not`() throws {
        for finding in Inspection.Finding.allCases where finding != .unlistedRunning {
            let standing = try standing(
                [.b],
                {
                    $0.plants[0].membership = Membership(ground: .waste, largestLoad: Cut(hundredths: 6000))
                    $0.add(finding, at: "P")
                })
            #expect((standing.membership == nil) == !finding.isVeto, "\(finding)")
        }
    }

    @Test func `an A-rated plant leaves the positive list with its rating, an exporter with its order`() throws {
        func isListed(_ ground: Membership.Ground, until: NaturalDay? = nil, veto: Bool) throws -> Bool {
            try standing(
                [.a],
                {
                    $0.plants[0].membership = Membership(ground: ground, until: until)
                    if veto { $0.add(.complaints, at: "P") }
                }
            ).membership != nil
        }
        #expect(try isListed(.ratedA, veto: false))
        #expect(try !isListed(.ratedA, veto: true))
        #expect(try !isListed(.leader, veto: true))
        #expect(try isListed(.strategic, veto: true))
        #expect(try isListed(.export, until: today, veto: false))
        #expect(try !isListed(.export, until: day(2026, 11, 15), veto: false))
    }
}
