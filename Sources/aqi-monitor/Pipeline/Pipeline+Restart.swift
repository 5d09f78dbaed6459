import AQICore
import Foundation
import Response
import Store
import Texts
import Warnings

/// What a monitor goes on with after a restart.
extension Pipeline {
    static let warningState = "warnings"
    static let officeState = "warning-office"
    static let responseState = "response"
    /// There where people or the air were simulated: what such a store holds is an exercise for good.
    static let simulationState = "simulation"

    /// Sixty days: longer than any window, and than any spell seen so far.
    private static let historyHours: Int32 = 60 * 24

    /// That hours of a demo and of a real monitor do not get into one store: what is in it decides warnings.
    static func check(_ store: MonitorStore, isSimulated: Bool) throws {
        let (hasHours, wasSimulated) = try store.read { queries in
            (try queries.lastHour(of: try queries.stations()) != nil, try queries.state(simulationState) != nil)
        }
        guard hasHours || wasSimulated, isSimulated != wasSimulated else { return }
        let words = Session.words
        throw Failure(
            .badConfiguration, wasSimulated ? words.storeOfDemo(store.path) : words.storeNotOfDemo(store.path))
    }

    static func restore(_ monitor: inout Monitor, from store: MonitorStore) throws {
        let keys = monitor.stations.map(\.key)
        let (history, state, office, response, samples, means) = try store.read { queries in
            var history: [HourlyRecord] = []
            var samples: [MinuteSamples] = []
            let last = try queries.lastHour(of: keys)
            if let last {
                try queries.forEachHour(stations: keys, from: last - historyHours) { history.append($0) }
            }
            // Of the hour under way, and of those before it that may still change.
            let underWay =
                try last.map { $0 + 1 }
                ?? queries.lastMinute(of: keys).map {
                    Hour(containing: Instant(seconds: $0 * 60))
                }
            if let underWay {
                let first = underWay - Int32(Monitor.lateHours)
                try queries.forEachMinute(
                    stations: keys, from: first.beginning.seconds / 60,
                    before: (underWay + 2).beginning.seconds / 60
                ) { samples.append($0) }
            }
            return (
                history, try queries.state(warningState), try queries.state(officeState),
                try queries.state(responseState), samples,
                try AwaitedMean.all(of: keys, in: queries, path: store.path)
            )
        }
        let newest = history.lazy.map(\.hour).max()
        let remembered = try state.map { try decode($0, plan: monitor.engine.plan, store: store.path) }
        monitor.restore(
            history, warnings: remembered?.state,
            office: try office.map { try decode($0, of: officeState, store: store.path) },
            response: try response.map { try decode($0, of: responseState, store: store.path) }, samples: samples,
            means: means, isJudged: remembered?.hasJudged(newest) ?? false,
            air: newest == remembered?.judged ? remembered?.air : nil)
    }

    /// The warnings as they stood, and the plan by which they were issued.
    struct Remembered: Codable {
        var plan: String
        var state: WarningEngine.State
        /// The newest hour that was decided; versions before did not say.
        var judged: Hour?
        /// What the air before it was: ``WarningEngine/recentAir``.
        var air: UInt32?

        fileprivate func hasJudged(_ last: Hour?) -> Bool {
            guard let judged, let last else { return true }
            return last <= judged
        }
    }

    private static func decode(_ text: String, plan: WarningPlan, store: String) throws -> Remembered {
        let words = Session.words
        guard let remembered = try? JSONDecoder().decode(Remembered.self, from: Data(text.utf8)) else {
            throw Failure(.badData, words.storeFailed(store, "state \"\(warningState)\""))
        }
        guard remembered.plan == plan.name || remembered.state.inForce == nil else {
            throw Failure(
                .badConfiguration, words.storeHasOtherPlan(store, of: remembered.plan, configured: plan.name))
        }
        return remembered
    }

    static func decode<State: Decodable>(_ text: String, of name: String, store: String) throws -> State {
        guard let state = try? JSONDecoder().decode(State.self, from: Data(text.utf8)) else {
            throw Failure(.badData, Session.words.storeFailed(store, "state \"\(name)\""))
        }
        return state
    }
}
