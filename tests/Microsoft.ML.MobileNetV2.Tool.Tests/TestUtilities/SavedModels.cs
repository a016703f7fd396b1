namespace Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

/// <summary>Finds the committed models and the images that belong to them.</summary>
internal static class SavedModels
{
    /// <summary>Gets a model with the classes few, many and some.</summary>
    internal static string Multiclass => PathOf("multiclass.zip");

    /// <summary>Gets the folder of twelve small images.</summary>
    internal static string Images => PathOf("images");

    internal static string PathOf(string name) => Repository.PathOf("tests", "Microsoft.ML.MobileNetV2.Tests", "TestData", "SavedModels", name);
}
