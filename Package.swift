// swift-tools-version: 6.2
import PackageDescription

// One direction, one value type per arrow: see docs/architecture.md. The order of the targets below is the order
// in which a reading travels.

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
    .strictMemorySafety(),  // SE-0458
    .treatAllWarnings(as: .error),  // SE-0443
]

let package = Package(
    name: "aqi-monitor",
    products: [
        .executable(name: "aqi-monitor", targets: ["aqi-monitor"]),
        .library(name: "AQICore", targets: ["AQICore"]),
    ],
    dependencies: [
        // Each has its sentence of why in docs/decisions/0002-dependencies.md.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // MARK: - C libraries of the system
        .systemLibrary(
            name: "CModbus", providers: [.apt(["libmodbus-dev"])]),
        .systemLibrary(
            name: "CNCurses", providers: [.apt(["libncurses-dev"])]),
        .systemLibrary(name: "CTimex"),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),

        // MARK: - The flow
        .target(name: "AQICore", swiftSettings: swiftSettings),
        .target(name: "HJ212", dependencies: ["AQICore"], swiftSettings: swiftSettings),
        .target(name: "Inventory", dependencies: ["AQICore", "Warnings"], swiftSettings: swiftSettings),
        .target(
            name: "Ingest",
            dependencies: [
                "AQICore", "HJ212", "Inventory", "CModbus", "CZlib",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            resources: [.embedInCode("Profiles")],
            swiftSettings: swiftSettings),
        .target(
            name: "Warnings", dependencies: ["AQICore"], resources: [.embedInCode("Plans")],
            swiftSettings: swiftSettings),
        .target(
            name: "Response", dependencies: ["AQICore", "Warnings"], resources: [.embedInCode("Langfang2019")],
            swiftSettings: swiftSettings),
        .target(
            name: "Store",
            dependencies: [
                "AQICore", "Warnings", "COpenSSL", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "Uplink",
            dependencies: [
                "AQICore", "HJ212", "Store",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "Texts", dependencies: ["AQICore", "Warnings", "Response", "Inventory"],
            swiftSettings: swiftSettings),
        .target(
            name: "Documents", dependencies: ["AQICore", "Warnings", "Response", "Inventory", "Texts"],
            swiftSettings: swiftSettings),
        .target(
            name: "Terminal", dependencies: ["AQICore", "Warnings", "Texts", "CNCurses"],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "aqi-monitor",
            dependencies: [
                "AQICore", "HJ212", "Ingest", "Warnings", "Response", "Inventory", "Store", "Uplink", "Texts",
                "Documents", "Terminal", "CTimex",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "TOMLKit", package: "TOMLKit"),
            ],
            swiftSettings: swiftSettings),

        // MARK: - Tests, one bundle a target
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: swiftSettings),
        .target(name: "CAllocations", path: "Tests/CAllocations"),
        .testTarget(
            name: "AQICoreTests", dependencies: ["AQICore", "TestSupport", "CAllocations"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "HJ212Tests", dependencies: ["HJ212", "AQICore", "TestSupport"], swiftSettings: swiftSettings),
        .testTarget(
            name: "IngestTests",
            dependencies: ["Ingest", "AQICore", "HJ212", "Inventory", "TestSupport", "CAllocations"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "WarningsTests", dependencies: ["Warnings", "AQICore", "TestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "ResponseTests", dependencies: ["Response", "Warnings", "AQICore"], swiftSettings: swiftSettings),
        .testTarget(
            name: "InventoryTests", dependencies: ["Inventory", "Warnings", "AQICore", "TestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "Store", "AQICore", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "UplinkTests", dependencies: ["Uplink", "AQICore", "HJ212", "Store", "TestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "DocumentsTests",
            dependencies: [
                "Documents", "Response", "Warnings", "Inventory", "Texts", "AQICore", "TestSupport",
            ],
            swiftSettings: swiftSettings),
        .testTarget(name: "TextsTests", dependencies: ["Texts", "AQICore"], swiftSettings: swiftSettings),
        .testTarget(
            name: "TerminalTests", dependencies: ["Terminal", "AQICore", "Warnings", "Texts"], exclude: ["Golden"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "MonitorTests",
            dependencies: [
                "aqi-monitor", "AQICore", "HJ212", "Ingest", "Store", "Uplink", "Warnings", "Response", "Inventory",
                "Texts", "Documents", "Terminal", "TestSupport",
            ],
            swiftSettings: swiftSettings),
    ],
    swiftLanguageModes: [.v6]
)
