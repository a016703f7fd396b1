namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Finds the data that are committed with the tests.</summary>
internal static class TestData
{
    internal static string PathOf(params string[] parts) =>
        Repository.PathOf(["tests", "Microsoft.ML.MobileNetV2.Tests", "TestData", .. parts]);
}
