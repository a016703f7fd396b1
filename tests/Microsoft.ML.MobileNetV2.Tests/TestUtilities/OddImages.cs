namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Represents a collection of images that break decoders, with a table of what must become of each.</summary>
internal sealed class OddImages
{
    private readonly string _folder;

    private OddImages(string table, string folder)
    {
        _folder = folder;
        Rows = Table.Read(table);
    }

    internal IReadOnlyDictionary<string, string>[] Rows { get; }

    /// <summary>Returns the small collection that is committed with the tests.</summary>
    internal static OddImages Committed() => new(TestData.PathOf("OddImages", "odd.tsv"), TestData.PathOf("OddImages"));

    /// <summary>Returns the collection from decoders' own tests.</summary>
    internal static OddImages Reference() => new(ReferenceData.PathOf("images", "odd.tsv"), ReferenceData.PathOf("images", "odd"));

    internal string PathOf(IReadOnlyDictionary<string, string> row) => Path.Combine(_folder, row["file"]);
}
