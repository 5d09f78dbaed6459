import Inventory
import Testing
import Warnings

/// Rows that do not fit together.
@Suite("Inventory: checks") struct CheckTests {
    private func kinds(_ change: (inout InventoryTables) -> Void) -> [InventoryFault.Kind] {
        var tables = InventoryTables()
        tables.add("P", grams(so2: t(10)), rating: .b)
        change(&tables)
        return tables.faults.map(\.kind)
    }

    @Test func `nothing is wrong with a plant and its process`() {
        #expect(kinds { _ in } == [])
    }

    @Test func `a plant stands once, by its number and by its name`() {
        #expect(kinds { $0.plants.append($0.plants[0]) } == [.duplicate(of: at(1))])
        let twoNumbers = kinds {
            $0.add("Q", .none)
            $0.plants[1].name = $0.plants[0].name
        }
        #expect(twoNumbers == [.duplicate(of: at(1))])
        // The same name in another area is another plant.
        let twoAreas = kinds {
            $0.add("Q", .none)
            $0.plants[1].name = $0.plants[0].name
            $0.plants[1].area = "elsewhere"
        }
        #expect(twoAreas == [])
    }

    @Test func `a process stands once and has a plant, a plant has a process`() {
        #expect(kinds { $0.add(process: "process", of: "P") } == [.duplicate(of: at(1000))])
        #expect(kinds { $0.add(process: "other", of: "p") } == [.unknownPlant("p")])
        #expect(kinds { $0.processes = [] } == [.plantWithoutProcess])
    }

    @Test func `a higher level cuts no less`() {
        for (yellow, orange, red, faults) in [
            (50, 50, 50, []), (50, 40, 60, [.fallsWithLevel(.orange)]), (0, 50, 40, [.fallsWithLevel(.red)]),
            (50, 40, 30, [.fallsWithLevel(.orange), .fallsWithLevel(.red)]),
        ] as [(Int64, Int64, Int64, [InventoryFault.Kind])] {
            let found = kinds {
                $0.processes[0].stated.yellow = Cut(hundredths: yellow * 100)
                $0.processes[0].stated.orange = Cut(hundredths: orange * 100)
                $0.processes[0].stated.red = Cut(hundredths: red * 100)
            }
            #expect(found == faults)
        }
    }

    @Test func `routine cuts are not above what the sector emits, idle plants left out`() {
        #expect(kinds { $0.add(.routineCut, t(10), .industry, .so2) } == [])
        #expect(kinds { $0.add(.routineCut, t(10) + 1, .industry, .so2) } == [.aboveBase(t(10) + 1, of: 10_000_000)])
        #expect(kinds { $0.add(.routineCut, 1, .mobile, .so2) } == [.aboveBase(1, of: 0)])
        let idle = kinds {
            $0.plants[0].isIdle = true
            $0.add(.routineCut, 1, .industry, .so2)
        }
        #expect(idle == [.aboveBase(1, of: 0)])
        let twice = kinds {
            $0.add(.routineCut, 1, .industry, .so2)
            $0.add(.routineCut, 1, .industry, .so2)
            $0.add(.newCapacity, 1, .industry, .so2)
        }
        #expect(twice == [.duplicate(of: at(5000))])
    }

    @Test func `dust needs its share, heating its days`() {
        #expect(kinds { $0.add(dust: 1) } == [.missingFigure(.dustShare)])
        #expect(kinds { $0.add(heating: .none) } == [.missingFigure(.heatingDays)])
    }

    @Test func `what the plan says in principle needs a reason to be otherwise, which is then shown`() throws {
        let cases: [(InventoryFault.Kind, (inout InventoryTables) -> Void)] = [
            (.principle(.batches(4)), { $0.plants[0].batches = 4 }),
            (
                .principle(.guaranteedRating(.c)),
                {
                    $0.plants[0].membership = Membership(ground: .heating, largestLoad: .stop)
                    $0.processes[0].rating = .c
                }
            ),
            (
                .principle(.positiveStops(.orange)),
                {
                    $0.plants[0].membership = Membership(ground: .strategic)
                    $0.processes[0].stated.orange = .stop
                    $0.processes[0].stated.red = .stop
                }
            ),
        ]
        for (kind, change) in cases {
            #expect(kinds(change) == [kind])
            var tables = InventoryTables()
            tables.add("P", grams(so2: t(10)), rating: .b)
            change(&tables)
            tables.plants[0].exception = "the county asked for it"
            let remarks = try tables.inventory().remarks
            #expect(
                remarks.contains {
                    if case .excepted(_, let principle) = $0 { .principle(principle) == kind } else { false }
                })
        }
        #expect(kinds { $0.plants[0].batches = 3 } == [])
        #expect(kinds { $0.plants[0].membership = Membership(ground: .heating) } == [.listNeeds(.heating)])
        #expect(kinds { $0.plants[0].membership = Membership(ground: .export) } == [.listNeeds(.export)])
    }

    @Test func `a site on the positive list has all seven precautions`() {
        let all = DustSource.Precaution.allCases
        #expect(all.count == 7)
        for missing in all {
            let found = kinds {
                $0.add(dust: 1)
                $0.add(.dustShare, 2000)
                $0.dust[0].isPositive = true
                $0.dust[0].precautions = Set(all.filter { $0 != missing })
            }
            #expect(found == [.withoutPrecautions([missing])])
        }
    }

    @Test func `indicators and inspections speak of what is there`() {
        let indicators = kinds {
            for (plant, process) in [("P", "process"), ("P", "process"), ("P", "none"), ("Q", "process")] {
                $0.indicators.append(
                    RatingIndicator(
                        plant: plant, process: process, name: "i", rating: .b, line: at(7000 + $0.indicators.count)))
            }
        }
        #expect(
            indicators == [
                .duplicate(of: at(7000)), .unknownProcess(plant: "P", process: "none"), .unknownPlant("Q"),
            ])
        #expect(kinds { $0.add(.violation, at: "Q") } == [.unknownPlant("Q")])
        #expect(kinds { $0.add(.unlistedRunning, at: "a yard behind the mill") } == [])
        #expect(kinds { $0.add(.unlistedRunning, at: "P") } == [.isListed("P")])
    }

    @Test func `what follows from a row that is wrong in itself is not told again`() {
        var tables = InventoryTables()
        tables.add("P", .none)
        tables.add("Q", .none)
        tables.plants.append(tables.plants[0])
        tables.add(.routineCut, t(1), .industry, .so2)
        tables.processes[1].stated.yellow = .stop
        let bad = InventoryFault(.badNumber("x"), at: tables.processes[1].line, column: "orange_cut")
        #expect(throws: InventoryFaults([InventoryFault(.duplicate(of: at(1)), at: at(1), column: "plant"), bad])) {
            try EmissionInventory(tables, faults: [bad], on: today)
        }
    }

    @Test func `without one of the tables its absence alone is told`() {
        var tables = InventoryTables()
        tables.add(process: "process", of: "P")
        let lost = InventoryFault(.missingColumn, at: at(1), column: "area")
        #expect(throws: InventoryFaults([lost])) { try EmissionInventory(tables, faults: [lost], on: today) }
    }

    @Test func `where a row is lost nobody misses it`() {
        var tables = InventoryTables()
        tables.add("P", .none)
        tables.add(process: "process", of: "Q")
        tables.processes[0].stated.yellow = .stop
        let lost = InventoryFault(.fieldCount(have: 3, need: 4), at: SourceLine(file: "plants.csv", line: 2))
        let falls = InventoryFault(.fallsWithLevel(.orange), at: at(1000), column: "orange_cut")
        #expect(throws: InventoryFaults([lost, falls])) { try EmissionInventory(tables, faults: [lost], on: today) }
    }
}
