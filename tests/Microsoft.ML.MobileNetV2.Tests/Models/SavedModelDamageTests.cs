using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Models;

/// <summary>A damaged file is refused, or makes no difference.</summary>
[TestClass]
public sealed class SavedModelDamageTests
{
    private const string Refused = "refused";

    [TestMethod]
    [DataRow(false, DisplayName = "as saved today")]
    [DataRow(true, DisplayName = "as an old version saved it")]
    public void Load_OneBitFlippedInAnyEntry_Refuses(bool isOld)
    {
        byte[] zip = SavedZips.Create(SavedZips.Entries(isOld ? SavedZips.Old() : SavedZips.New()));
        Random random = new(7);

        foreach ((string name, byte[] content) in SavedZips.Entries(zip))
        {
            int start = zip.AsSpan().IndexOf(content);
            for (int i = 0; i < 12; i++)
            {
                byte[] damaged = [.. zip];
                damaged[start + random.Next(content.Length)] ^= (byte)(1 << random.Next(8));

                Assert.ThrowsExactly<InvalidDataException>(() => SavedZips.Scores(damaged), name);
            }
        }
    }

    [TestMethod]
    public void Load_OneBitFlippedAnywhereInTheFile_RefusesOrGivesEqualScores()
    {
        byte[] zip = SavedZips.New();
        string expected = SavedZips.Scores(zip);
        Random random = new(11);

        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = [.. zip];

            // Every second one in the directory and the headers of small entries at the end of the file.
            int position = i % 2 == 0 ? random.Next(zip.Length) : zip.Length - 1 - random.Next(6000);
            damaged[position] ^= (byte)(1 << random.Next(8));

            string result = RefusalOrScores(damaged);
            Assert.IsTrue(result == Refused || result == expected, $"byte {position}: {result}");
        }
    }

    [TestMethod]
    public void Load_CutAnywhere_Refuses()
    {
        byte[] zip = SavedZips.New();

        for (int length = 0; length < zip.Length; length += 1 + (zip.Length / 50))
        {
            byte[] cut = zip[..length];

            Assert.ThrowsExactly<InvalidDataException>(() => SavedZips.Scores(cut));
        }
    }

    [TestMethod]
    public void LoadWithMobileNetV2_OneBitFlippedInAnyEntry_RefusesWithTheNameOfTheFile()
    {
        using TemporaryFolder folder = new();
        byte[] zip = SavedZips.Create(SavedZips.Entries(SavedZips.New()));
        Random random = new(5);

        foreach ((string name, byte[] content) in SavedZips.Entries(zip))
        {
            byte[] damaged = [.. zip];
            damaged[zip.AsSpan().IndexOf(content) + random.Next(content.Length)] ^= (byte)(1 << random.Next(8));
            string path = folder.Write("model.zip", damaged);

            InvalidDataException error = Assert.ThrowsExactly<InvalidDataException>(() => new MLContext().Model.LoadWithMobileNetV2(path, out _), name);

            Assert.StartsWith($"'{path}' cannot be loaded as a saved model: ", error.Message);
            Assert.IsNotNull(error.InnerException);
        }
    }

    [TestMethod]
    public void LoadWithMobileNetV2_OfWhatIsNoModel_RefusesWithTheNameOfTheFile()
    {
        using TemporaryFolder folder = new();
        string[] paths =
        [
            folder.Write("text.zip", "This is no archive."u8),
            folder.Write("empty.zip", SavedZips.Create([])),
            folder.Write("other.zip", SavedZips.Create([("readme.txt", [1])])),
        ];

        foreach (string path in paths)
        {
            InvalidDataException error = Assert.ThrowsExactly<InvalidDataException>(() => new MLContext().Model.LoadWithMobileNetV2(path, out _));

            Assert.Contains(path, error.Message);
        }

        Assert.ThrowsExactly<FileNotFoundException>(() => new MLContext().Model.LoadWithMobileNetV2(folder.PathOf("missing.zip"), out _));
    }

    private static string RefusalOrScores(byte[] zip)
    {
        try
        {
            return SavedZips.Scores(zip);
        }
        catch (InvalidDataException e) when (e.Message.StartsWith("'stream' is not a saved model that classifies images: ", StringComparison.Ordinal))
        {
            return Refused;
        }
    }
}
