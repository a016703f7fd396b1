using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms;

/// <summary>Saving a model in one step: the old file or the new one, never a part.</summary>
[TestClass]
public sealed class SaveAtomicallyTests
{
    private readonly MLContext _context = new(1);

    [TestMethod]
    public void SaveAtomically_OfAModel_WritesWhatSaveWrites()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("model.zip", "old"u8);
        ITransformer model = _context.Model.LoadWithMobileNetV2(new MemoryStream(SavedZips.Old()), out DataViewSchema? schema);

        _context.Model.SaveAtomically(model, schema, path);

        Assert.AreEqual(SavedZips.Scores(SavedZips.Old()), SavedZips.Scores(File.ReadAllBytes(path)));
        Assert.HasCount(1, Directory.GetFiles(folder.Path));
        Assert.AreSequenceEqual(
            SavedZips.Entries(SavedZips.New()).Select(entry => entry.Name), SavedZips.Entries(File.ReadAllBytes(path)).Select(entry => entry.Name));
    }

    [TestMethod]
    public void SaveAtomically_OfAModelThatCannotBeSaved_LeavesTheOldFile()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("model.zip", "old"u8);
        ITransformer model = _context.Transforms.CustomMapping<Row, Row>((_, _) => { }, contractName: null)
            .Fit(_context.Data.LoadFromEnumerable<Row>([]));

        Assert.Throws<Exception>(() => _context.Model.SaveAtomically(model, null, path));

        Assert.AreEqual("old", File.ReadAllText(path));
        Assert.HasCount(1, Directory.GetFiles(folder.Path));
    }

    private sealed class Row
    {
        public float Number { get; set; }
    }
}
