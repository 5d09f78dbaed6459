import Inventory
import Texts
import Warnings

extension LevelReduction {
    func json(_ suggestion: Suggestion?) -> JSON {
        .object([
            ("level", .string(level.rawValue)), ("requiredPercent", percent(LevelReduction.required(level))),
            ("fulfilled", .bool(isFulfilled)),
            ("pollutants", byPollutant { json(of: lines[$0]) }),
            ("tradePoints", traded.map { percent($0.hundredths) } ?? .null),
            ("tradeRequiredPoints", percent(2 * LevelReduction.required(level))),
            ("suggestion", suggestion?.json ?? .null),
        ])
    }

    private func json(of line: Line) -> JSON {
        .object([
            ("baseTonnesPerDay", tonnes(line.base)), ("cutTonnesPerDay", tonnes(line.cut)),
            ("ratioPercent", line.ratio.map { percent($0.hundredths) } ?? .null),
            ("targetPercent", percent(LevelReduction.required(level))),
            ("verdict", .string(line.verdict.rawValue)),
            ("missingTonnesPerDay", line.missing.map(tonnes) ?? .null), ("dustIsCapped", .bool(line.isDustCapped)),
        ])
    }
}

extension Suggestion {
    fileprivate var json: JSON {
        .object([
            ("isEnough", .bool(outOfReach.isEmpty)),
            ("plants", .array(steps.map(json))),
            ("togetherTonnesPerDay", byPollutant { pollutant in tonnes(steps.reduce(0) { $0 + $1.gains[pollutant] }) }),
            ("outOfReach", .array(outOfReach.map { .string($0.rawValue) })),
            ("stillMissingTonnesPerDay", byPollutant { outcome.lines[$0].missing.map(tonnes) ?? .null }),
            ("attainablePercent", byPollutant { outcome.lines[$0].ratio.map { percent($0.hundredths) } ?? .null }),
        ])
    }

    private func json(of step: Step) -> JSON {
        .object(
            [
                ("plant", .string(step.plant.id)),
                ("name", step.plant.isClassified ? .null : .string(step.plant.name)),
                ("rating", .string(step.rating.rawValue)), ("for", .string(step.pollutant.rawValue)),
            ] + EmittedPollutant.allCases.map { ("\($0.rawValue)TonnesPerDay", tonnes(step.gains[$0])) })
    }
}

private func byPollutant(_ value: (EmittedPollutant) -> JSON) -> JSON {
    .object(EmittedPollutant.allCases.map { ($0.rawValue, value($0)) })
}

/// Hundredths of a per cent, as `12.34`.
private func percent(_ hundredths: Int128) -> JSON {
    .number(DecimalWriting.shortest(Int64(clamping: hundredths), decimals: 2))
}

/// Grams as tonnes, to the gram.
private func tonnes(_ grams: Int128) -> JSON {
    .number(DecimalWriting.shortest(Int64(clamping: grams), decimals: 6))
}
