/// The store: `English+Store.swift`, `Chinese+Store.swift`.
package protocol StoreWords: Sendable {
    func storeIsAbsent(_ path: String) -> String
    func fileExists(_ path: String) -> String
    func importing(_ done: Int, of total: Int, perSecond: Int, left: String) -> String
    func imported(_ path: String, hours: Int, changed: Int, stations: Int) -> String
    func storeIsSound(_ path: String) -> String
    func storeIsDamaged(_ path: String) -> String
    func storeVersion(_ version: String, writer: String?) -> String
    func storeSizes(file: String, log: String, unused: String, free: String) -> String
    func storeStations(_ stations: [String], last: String) -> String
    func storeWritten(_ day: String, _ size: String) -> String
    func storeIsEmpty(_ path: String) -> String
    func storeIsOlder(_ path: String) -> String
    func storeTrouble(_ problem: String) -> String
    func storeBack(droppedSamples: Int, droppedRows: Int) -> String
    func storeIsNoDatabase(_ path: String) -> String
    func storeIsForeign(_ path: String) -> String
    func storeIsNewer(_ path: String) -> String
    func storeIsHeld(_ path: String, by holder: String) -> String
    func storeCannotOpen(_ path: String, _ reason: String) -> String
    func storeFailed(_ path: String, _ reason: String) -> String
    func storeContinues(_ path: String, from time: String) -> String
    func storeHasOtherPlan(_ path: String, of plan: String, configured: String) -> String
    func clockJumped(from: String, to: String) -> String
}
