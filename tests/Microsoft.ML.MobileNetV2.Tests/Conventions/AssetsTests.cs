using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Conventions;

/// <summary>Every file in assets/ is listed in its README.md with the hash that it has.</summary>
[TestClass]
public sealed partial class AssetsTests
{
    private static string Folder => Repository.PathOf("assets");

    [TestMethod]
    public void Assets_AreListedWithTheirHash()
    {
        Dictionary<string, string> listed = Rows().Matches(File.ReadAllText(Path.Combine(Folder, "README.md")))
            .ToDictionary(row => row.Groups["file"].Value, row => row.Groups["hash"].Value);

        string[] files = [.. Directory.GetFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
            .Where(file => file != "README.md")
            .Order(StringComparer.Ordinal)];
        Assert.AreSequenceEqual(files, listed.Keys.Order(StringComparer.Ordinal));
        foreach (string file in files)
        {
            Assert.AreEqual(listed[file], HashOf(File.ReadAllBytes(Path.Combine(Folder, file))), file);
        }
    }

    [TestMethod]
    [DataRow(BundledWeights.ResourceName)]
    [DataRow(BundledWeights.SmallResourceName)]
    [DataRow(ImageNetClasses.ResourceName)]
    public void Resources_AreTheListedAssets(string name)
    {
        using Stream stream = typeof(MobileNetV2Weights).Assembly.GetManifestResourceStream(name)!;
        using MemoryStream copy = new();
        stream.CopyTo(copy);

        Assert.AreEqual(HashOf(File.ReadAllBytes(Path.Combine(Folder, name))), HashOf(copy.ToArray()));
    }

    [TestMethod]
    public void Licenses_ThatTheAssetsNeedTravelInThePackage()
    {
        string project = File.ReadAllText(Repository.PathOf("src", "Microsoft.ML.MobileNetV2.Core", "Microsoft.ML.MobileNetV2.Core.csproj"));

        foreach (string file in new[]
        {
            "assets/LICENSE-Apache-2.0.txt", "assets/LICENSE-WordNet-3.0.txt", "assets/NOTICE.md", "assets/README.md", "../../LICENSE",
        })
        {
            Assert.Contains($"{file}\"", project);
        }
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    [GeneratedRegex(@"^\| `(?<file>[^`]+)` \|.*\| `(?<hash>[0-9a-f]{64})` \|$", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
