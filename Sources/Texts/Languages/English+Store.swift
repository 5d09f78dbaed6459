/// The store.
extension English {
    package func storeIsAbsent(_ path: String) -> String { "\(path): no such store; check the name" }
    package func fileExists(_ path: String) -> String { "\(path): is there already; remove it, or give another name" }
    package func importing(_ done: Int, of total: Int, perSecond: Int, left: String) -> String {
        "hour \(done) of \(total), \(perSecond) hours/s, \(left) left"
    }
    package func imported(_ path: String, hours: Int, changed: Int, stations: Int) -> String {
        "\(path): \(hours) hours of \(stations) stations, \(changed) of them new or changed"
    }
    package func storeIsSound(_ path: String) -> String { "\(path): sound" }
    package func storeIsDamaged(_ path: String) -> String {
        "\(path): damaged; save what can be read with  aqi-monitor store salvage \(path) NEW"
    }
    package func storeVersion(_ version: String, writer: String?) -> String {
        "schema \"\(version)\"; " + (writer.map { "written to by \($0)" } ?? "nobody writes to it")
    }
    package func storeSizes(file: String, log: String, unused: String, free: String) -> String {
        "file \(file), of which unused \(unused); write-ahead log \(log); the disk has \(free) left"
    }
    package func storeStations(_ stations: [String], last: String) -> String {
        "stations \(stations.joined(separator: ", ")); last hour \(last)"
    }
    package func storeWritten(_ day: String, _ size: String) -> String { "written to the disk on \(day): \(size)" }
    package func storeIsEmpty(_ path: String) -> String {
        "\(path): there is nothing in it; was this store ever measured into?"
    }
    package func storeIsOlder(_ path: String) -> String {
        "\(path): written by an older version, which did not keep this; `run` or `store compact` brings it up to date"
    }
    package func storeTrouble(_ problem: String) -> String { "NOT STORED, kept in memory: \(problem)" }
    package func storeBack(droppedSamples: Int, droppedRows: Int) -> String {
        droppedSamples + droppedRows == 0
            ? "the store takes data again; nothing is lost"
            : "the store takes data again; lost meanwhile: \(droppedSamples) samples, \(droppedRows) hours and indices"
    }
    package func storeIsNoDatabase(_ path: String) -> String {
        "\(path): not an SQLite database, left as it is; give another name with --store"
    }
    package func storeIsForeign(_ path: String) -> String {
        "\(path): a database of another program, left as it is; give another name with --store"
    }
    package func storeIsNewer(_ path: String) -> String {
        "\(path): written by a newer version of aqi-monitor, left as it is; update this program"
    }
    package func storeIsHeld(_ path: String, by holder: String) -> String {
        "\(path): is being written by \(holder); stop that one first, or use another store"
    }
    package func storeCannotOpen(_ path: String, _ reason: String) -> String {
        "\(path): the store cannot be opened (\(reason)); check the folder, its permissions and the free space"
    }
    package func storeFailed(_ path: String, _ reason: String) -> String {
        "\(path): the store failed (\(reason)); check disk and free space"
    }
    package func storeContinues(_ path: String, from time: String) -> String { "store \(path) continues from \(time)" }
    package func storeHasOtherPlan(_ path: String, of plan: String, configured: String) -> String {
        "\(path): a warning of the plan \(plan) is in force there, the configuration names \(configured); name \(plan), or use another store"
    }
    package func clockJumped(from: String, to: String) -> String {
        "the clock was set from \(from) to \(to); check the clock, hours that are stored already are not measured again"
    }
}
