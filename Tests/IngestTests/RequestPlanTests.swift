import AQICore
import Testing

@testable import Ingest

/// What a slow planner finds that tries every way to part the fields.
private func cheapestCost(
    _ fields: [RegisterRequest], longest: Int, cost: RequestCost, cuts: Set<RegisterCut>
) -> Double {
    guard !fields.isEmpty else { return 0 }
    var best = Double.infinity
    for pattern in 0..<(1 << (fields.count - 1)) {
        var total = 0.0
        var group = [fields[0]]
        func close() {
            let end = group.map(\.range.upperBound).max() ?? 0
            let range = group[0].range.lowerBound..<end
            let wanted = Set(group.flatMap(\.range)).count
            let filled = range.count - wanted
            if group.count > 1, range.count > longest { total = .infinity }
            total += cost.perRequest + (filled > 0 ? Double(filled) * cost.perRegister : 0)
        }
        for place in 1..<max(fields.count, 1) where place < fields.count {
            let isParted = pattern >> (place - 1) & 1 == 1
            let cut = RegisterCut(table: fields[place].table, address: fields[place].range.lowerBound)
            if !isParted, fields[place].table != group[0].table || cuts.contains(cut) { total = .infinity }
            if isParted {
                close()
                group = [fields[place]]
            } else {
                group.append(fields[place])
            }
        }
        close()
        best = min(best, total)
    }
    return best
}

private func actualCost(_ requests: [RegisterRequest], _ fields: [RegisterRequest], _ cost: RequestCost) -> Double {
    requests.reduce(0) { sum, request in
        let wanted = fields.filter { $0.table == request.table }.flatMap(\.range).filter(request.range.contains)
        let filled = request.range.count - Set(wanted).count
        return sum + cost.perRequest + (filled > 0 ? Double(filled) * cost.perRegister : 0)
    }
}

@Suite("Ingest: the cheapest requests") struct RequestPlanTests {
    private func fields(_ addresses: [Int], count: Int = 1) -> [RegisterRequest] {
        addresses.map { RegisterRequest(table: .holding, range: $0..<$0 + count) }
    }

    @Test func `a gap is read where that is cheaper than another request, and only there`() {
        let cost = RequestCost(perRequest: 10, perRegister: 1)
        #expect(RequestPlan(fields([0, 10]), cost: cost).requests.map(\.range) == [0..<11])
        #expect(RequestPlan(fields([0, 12]), cost: cost).requests.map(\.range) == [0..<1, 12..<13])
        #expect(RequestPlan(fields([0, 2]), cost: .withoutFilling).requests.map(\.range) == [0..<1, 2..<3])
    }

    @Test func `a refused gap is not read again`() {
        let cost = RequestCost(perRequest: 100, perRegister: 1)
        let cut = RegisterCut(table: .holding, address: 10)
        #expect(
            RequestPlan(fields([0, 10, 20]), cost: cost, cuts: [cut]).requests.map(\.range) == [0..<1, 10..<21])
        // The other table has gaps of its own.
        #expect(
            RequestPlan(fields([0, 10]), cost: cost, cuts: [.init(table: .input, address: 10)]).requests.count == 1)
    }

    @Test func `a device that takes few registers at a time is asked for few`() {
        let cost = RequestCost(perRequest: 100, perRegister: 1)
        let requests = RequestPlan(fields(Array(0..<40)), longest: 16, cost: cost).requests
        #expect(requests.map(\.range) == [0..<16, 16..<32, 32..<40])
        // A number that is longer than that is read all the same: in parts it would be of two moments.
        #expect(RequestPlan(fields([0, 2], count: 2), longest: 1, cost: cost).requests.map(\.range) == [0..<2, 2..<4])
    }

    @Test(arguments: [7, 8, 9, 10] as [UInt64])
    func `no register is lost, no limit passed, and no way is cheaper`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        for round in 0..<400 {
            let registers = (0..<1 + random.next(9)).map { _ in
                let address = random.next([12, 60, 300][random.next(3)])
                return RegisterRequest(
                    table: RegisterTable.allCases[random.next(2)], range: address..<address + 1 + random.next(3))
            }
            let cost = RequestCost(
                perRequest: Double(1 + random.next(30)), perRegister: [0, 0.5, 1, 3, .infinity][random.next(5)])
            let longest = [3, 10, 125][random.next(3)]
            let all = RequestPlan.fields(registers)
            let cuts = Set(
                all.filter { _ in random.next(6) == 0 }
                    .map { RegisterCut(table: $0.table, address: $0.range.lowerBound) })
            let requests = RequestPlan(registers, longest: longest, cost: cost, cuts: cuts).requests
            let comment: Comment = "seed \(seed), round \(round): \(registers) gives \(requests)"
            for register in registers {
                let holders = requests.filter {
                    $0.table == register.table && $0.range.lowerBound <= register.range.lowerBound
                        && register.range.upperBound <= $0.range.upperBound
                }
                #expect(holders.count == 1, comment)
            }
            for request in requests {
                let isOneNumber = all.contains(request)
                #expect(request.range.count <= longest || isOneNumber, comment)
            }
            let actual = actualCost(requests, all, cost)
            #expect(abs(actual - cheapestCost(all, longest: longest, cost: cost, cuts: cuts)) < 1e-6, comment)
            #expect(actual <= Double(all.count) * cost.perRequest + 1e-6, comment)
        }
    }

    @Test func `what requests cost is learned from what they took`() {
        var estimate = CostEstimate(guess: RequestCost(perRequest: 35_000, perRegister: 2300))
        var random = SplitMix(seed: 3)
        for _ in 0..<400 {
            let count = [1, 5, 20, 60, 125][random.next(5)]
            // Now and then the machine is busy with something else.
            let disturbance = random.next(10) == 0 ? 20_000 : random.next(100)
            estimate.add(registers: count, microseconds: Int64(1000 + 50 * count + disturbance))
        }
        #expect((800...2000).contains(estimate.cost.perRequest), "\(estimate.cost)")
        #expect((30...70).contains(estimate.cost.perRegister), "\(estimate.cost)")
    }

    @Test func `where all requests are of one length the guess still says what a register costs`() {
        var estimate = CostEstimate(guess: RequestCost(perRequest: 10_000, perRegister: 100))
        for _ in 0..<1000 { estimate.add(registers: 10, microseconds: 11_000) }
        #expect((50...150).contains(estimate.cost.perRegister), "\(estimate.cost)")
        #expect(estimate.cost.perRequest.isFinite && estimate.cost.perRequest >= 1)
    }
}
