using System.Globalization;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.Catalog;

[TestClass]
public sealed class WeightsCatalogTests
{
    private const string KerasSet = "keras ";

    [TestMethod]
    public void Catalog_NamesAndFilesDiffer()
    {
        IReadOnlyList<PretrainedWeights> entries = MobileNetV2Weights.Catalog;

        Assert.HasCount(1 + 2 * 22 + 2 + 5, entries);
        Assert.HasCount(entries.Count, entries.Select(entry => entry.Name).Distinct(StringComparer.OrdinalIgnoreCase));
        Assert.HasCount(entries.Count - 1, entries.Where(entry => entry.Address is not null).Select(entry => entry.FileName).Distinct());
    }

    [TestMethod]
    [RequiresReferenceData]
    [DataRow(true, "")]
    [DataRow(false, "_no_top")]
    public void ImageNet_AllPublishedPairs_AreAsPublished(bool includeClassifier, string suffix)
    {
        IReadOnlyDictionary<string, string> set = ReferenceData.ReadTable("pretrained.tsv").Single(row => row["set"].StartsWith(KerasSet, StringComparison.Ordinal));
        IReadOnlyDictionary<string, string>[] rows = [.. ReferenceData.ReadTable("published.tsv")];

        Assert.HasCount(22, rows);
        foreach (IReadOnlyDictionary<string, string> row in rows)
        {
            float width = Number(row["width_multiplier"]);
            PretrainedWeights entry = Find(MobileNetV2Weights.ImageNet(width, (int)Number(row["input_size"]), includeClassifier));

            string address = set["address"].Replace("{alpha}", row["width_multiplier"], StringComparison.Ordinal)
                .Replace("{size}.h5", $"{row["input_size"]}{suffix}.h5", StringComparison.Ordinal);
            AssertFacts(set, entry, address);
            Assert.AreEqual(width, entry.WidthMultiplier);
            Assert.AreEqual(row["input_size"], entry.InputSize.ToString(CultureInfo.InvariantCulture));
            Assert.AreEqual(includeClassifier ? 1000 : 0, entry.ClassCount);
            AssertAccuracy(row, entry);
        }
    }

    [TestMethod]
    [RequiresReferenceData]
    [DataRow("torchvision IMAGENET1K_V1", "torchvision-v1", 1280)]
    [DataRow("torchvision IMAGENET1K_V2", "torchvision-v2", 1280)]
    [DataRow("timm mobilenetv2_050.lamb_in1k", "timm-050", 1280)]
    [DataRow("timm mobilenetv2_100.ra_in1k", "timm-100", 1280)]
    [DataRow("timm mobilenetv2_110d.ra_in1k", "timm-110d", 1280)]
    [DataRow("timm mobilenetv2_120d.ra_in1k", "timm-120d", 1280)]
    [DataRow("timm mobilenetv2_140.ra_in1k", "timm-140", 1792)]
    public void FromCatalog_PyTorchSets_AreAsPublished(string set, string name, int featureCount)
    {
        IReadOnlyDictionary<string, string> row = ReferenceData.ReadTable("pretrained.tsv").Single(row => row["set"] == set);

        MobileNetV2Weights weights = MobileNetV2Weights.FromCatalog(name);

        PretrainedWeights entry = Find(weights);
        AssertFacts(row, entry, row["address"]);
        Assert.AreEqual(Number(row["width_multiplier"]), entry.WidthMultiplier);
        Assert.AreEqual(Number(row["depth_multiplier"].Split(' ')[0]), entry.DepthMultiplier);
        Assert.AreEqual(row["input_size"], entry.InputSize.ToString(CultureInfo.InvariantCulture));
        Assert.AreEqual(1000, weights.ClassCount);
        Assert.AreEqual(featureCount, weights.FeatureCount);
        AssertAccuracy(row, entry);
    }

    [TestMethod]
    public void Catalog_TorchvisionV2_IsCutOutOf232Pixels() =>
        Assert.AreEqual(232, MobileNetV2Weights.TorchvisionV2.Description.Preprocessing.ShorterSide);

    [TestMethod]
    public void Catalog_Bundled_SaysWhatTheFileSays()
    {
        PretrainedWeights entry = MobileNetV2Weights.Catalog.Single(entry => entry.Address is null);

        MobileNetV2Weights weights = MobileNetV2Weights.FromCatalog(entry);

        Assert.AreSame(MobileNetV2Weights.Bundled, weights);
        Assert.AreEqual(weights.Description.Architecture.WidthMultiplier, entry.WidthMultiplier);
        Assert.AreEqual(
            weights.Description with { Architecture = entry.Description.Architecture, ClassNames = entry.Description.ClassNames }, entry.Description);
        Assert.AreEqual(weights.ClassCount, entry.ClassCount);
    }

    [TestMethod]
    public void ParameterCount_IsThatOfTheArchitecture()
    {
        Assert.AreEqual(3_504_872, Find(MobileNetV2Weights.TorchvisionV1).ParameterCount);
        Assert.AreEqual(3_504_872 - 1281 * 1000, Find(MobileNetV2Weights.ImageNet(includeClassifier: false)).ParameterCount);
    }

    [TestMethod]
    public void ImageNet_UnknownWidth_ListsWidths()
    {
        ArgumentOutOfRangeException error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => MobileNetV2Weights.ImageNet(0.6f));

        Assert.AreEqual("widthMultiplier", error.ParamName);
        Assert.Contains("is 0.6; ImageNet weights exist for 0.35, 0.5, 0.75, 1.0, 1.3 and 1.4.", error.Message);
    }

    [TestMethod]
    [DataRow(0.75f, 100, "at width multiplier 0.75 ImageNet weights exist for 96, 128, 160, 192 and 224.")]
    [DataRow(1.3f, 160, "at width multiplier 1.3 ImageNet weights exist for 224 only.")]
    public void ImageNet_UnknownSize_ListsSizes(float width, int size, string expected)
    {
        ArgumentOutOfRangeException error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => MobileNetV2Weights.ImageNet(width, size));

        Assert.AreEqual("inputSize", error.ParamName);
        Assert.Contains(expected, error.Message);
    }

    [TestMethod]
    public void FromCatalog_UnknownName_ListsNames()
    {
        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(() => MobileNetV2Weights.FromCatalog("timm-060"));

        Assert.Contains("'timm-060'", error.Message);
        Assert.Contains("timm-050", error.Message);
    }

    [TestMethod]
    public void Doors_GiveTheSameInstanceEachTime()
    {
        Assert.AreSame(MobileNetV2Weights.ImageNet(0.75f, 160), MobileNetV2Weights.FromCatalog("ImageNet-0.75-160"));
        Assert.AreSame(MobileNetV2Weights.Timm110d, MobileNetV2Weights.FromCatalog("timm-110d"));
    }

    private static PretrainedWeights Find(MobileNetV2Weights weights) =>
        MobileNetV2Weights.Catalog.Single(entry => entry.Name == weights.Description.Name);

    private static void AssertFacts(IReadOnlyDictionary<string, string> row, PretrainedWeights entry, string address)
    {
        WeightsDescription description = entry.Description;
        Assert.AreEqual(address, entry.Address!.AbsoluteUri);
        Assert.AreEqual(row["published_hash"], entry.Sha256Prefix is { } prefix ? $"SHA-256 begins {prefix}" : "none");
        Assert.AreEqual(row.Single(pair => pair.Key.StartsWith("licen", StringComparison.Ordinal)).Value, description.License);
        Assert.IsNotEmpty(description.Attribution);
        Assert.AreEqual(row["padding"], description.Padding.ToString().ToLowerInvariant());
        Assert.AreEqual(Number(row["batch_norm_epsilon"]), description.BatchNormEpsilon);
        Assert.AreEqual(row["interpolation"], description.Preprocessing.Interpolation.ToString().ToLowerInvariant());
        Assert.AreEqual(row["crop_ratio"] == "232 to 224" ? 224f / 232 : 0.875f, description.Preprocessing.CropFraction);
        bool isTensorFlow = row["preprocessing"] == "x/127.5-1";
        ImagePreprocessing normalization = isTensorFlow ? ImagePreprocessing.TensorFlow : ImagePreprocessing.Torchvision;
        Assert.AreEqual(normalization.Mean, description.Preprocessing.Mean);
        Assert.AreEqual(normalization.StandardDeviation, description.Preprocessing.StandardDeviation);
    }

    private static void AssertAccuracy(IReadOnlyDictionary<string, string> row, PretrainedWeights entry)
    {
        Assert.AreEqual(double.Parse(row["imagenet_top1"], CultureInfo.InvariantCulture), entry.Top1Accuracy);
        Assert.AreEqual(double.Parse(row["imagenet_top5"], CultureInfo.InvariantCulture), entry.Top5Accuracy);
    }

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);
}
