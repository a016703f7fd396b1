using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.Catalog;

[TestClass]
public sealed class WeightsCatalogTests
{
    private const string KerasFolder = "https://storage.googleapis.com/tensorflow/keras-applications/mobilenet_v2/";
    private const string TimmFolder = "https://github.com/rwightman/pytorch-image-models/releases/download/v0.1-weights/";
    private const string TorchvisionFolder = "https://download.pytorch.org/models/";

    [TestMethod]
    public void Catalog_NamesAndFilesDiffer()
    {
        IReadOnlyList<PretrainedWeights> entries = MobileNetV2Weights.Catalog;

        Assert.HasCount(2 + 2 * 22 + 2 + 5, entries);
        Assert.HasCount(entries.Count, entries.Select(entry => entry.Name).Distinct(StringComparer.OrdinalIgnoreCase));
        Assert.HasCount(entries.Count - 2, entries.Where(entry => entry.Address is not null).Select(entry => entry.FileName).Distinct());
    }

    [TestMethod]
    [DataRow(true, "")]
    [DataRow(false, "_no_top")]
    public void ImageNet_AllPublishedPairs_AreAsPublished(bool includeClassifier, string suffix)
    {
        foreach (PublishedCheckpoint published in PublishedCheckpoint.All)
        {
            PretrainedWeights entry = Find(MobileNetV2Weights.ImageNet(published.WidthMultiplier, published.InputSize, includeClassifier));

            string file = $"mobilenet_v2_weights_tf_dim_ordering_tf_kernels_{published.WidthText}_{published.InputSize}{suffix}.h5";
            Assert.AreEqual(KerasFolder + file, entry.Address!.AbsoluteUri);
            Assert.IsNull(entry.Sha256Prefix);
            Assert.AreEqual(published.WidthMultiplier, entry.WidthMultiplier);
            Assert.AreEqual(includeClassifier ? 1000 : 0, entry.ClassCount);
            Assert.AreEqual((published.Top1, published.Top5), (entry.Top1Accuracy, entry.Top5Accuracy));
            AssertDescription(
                entry.Description,
                "Apache-2.0",
                PaddingConvention.Same,
                epsilon: 1e-3f,
                ImagePreprocessing.TensorFlow with { InputSize = published.InputSize, CropFraction = 0.875f, Interpolation = ImageInterpolation.Bilinear });
        }
    }

    [TestMethod]
    [DataRow("torchvision-v1", "mobilenet_v2-b0353104.pth", 1.0f, 1.0f, 1280, 71.878, 90.286)]
    [DataRow("torchvision-v2", "mobilenet_v2-7ebf99e0.pth", 1.0f, 1.0f, 1280, 72.154, 90.822)]
    [DataRow("timm-050", "mobilenetv2_050-3d30d450.pth", 0.5f, 1.0f, 1280, 65.928, 86.114)]
    [DataRow("timm-100", "mobilenetv2_100_ra-b33bc2c4.pth", 1.0f, 1.0f, 1280, 72.910, 91.000)]
    [DataRow("timm-110d", "mobilenetv2_110d_ra-77090ade.pth", 1.1f, 1.2f, 1280, 75.056, 92.186)]
    [DataRow("timm-120d", "mobilenetv2_120d_ra-5987e2ed.pth", 1.2f, 1.4f, 1280, 77.300, 93.516)]
    [DataRow("timm-140", "mobilenetv2_140_ra-21a4e913.pth", 1.4f, 1.0f, 1792, 76.528, 93.008)]
    public void FromCatalog_PyTorchSets_AreAsPublished(string name, string file, float width, float depth, int featureCount, double top1, double top5)
    {
        bool isTimm = name.StartsWith("timm", StringComparison.Ordinal);

        MobileNetV2Weights weights = MobileNetV2Weights.FromCatalog(name);

        PretrainedWeights entry = Find(weights);
        Assert.AreEqual((isTimm ? TimmFolder : TorchvisionFolder) + file, entry.Address!.AbsoluteUri);
        Assert.EndsWith($"-{entry.Sha256Prefix![..8]}.pth", file);
        Assert.AreEqual(isTimm ? 8 : 64, entry.Sha256Prefix.Length);
        Assert.AreEqual((width, depth), (entry.WidthMultiplier, entry.DepthMultiplier));
        Assert.AreEqual(1000, weights.ClassCount);
        Assert.AreEqual(featureCount, weights.FeatureCount);
        Assert.AreEqual((top1, top5), (entry.Top1Accuracy, entry.Top5Accuracy));
        AssertDescription(entry.Description, isTimm ? "Apache-2.0" : "BSD-3-Clause", PaddingConvention.Symmetric, epsilon: 1e-5f, ImagePreprocessing.Torchvision with
        {
            InputSize = 224,
            CropFraction = name == "torchvision-v2" ? 224f / 232 : 0.875f,
            Interpolation = isTimm ? ImageInterpolation.Bicubic : ImageInterpolation.Bilinear,
        });
    }

    [TestMethod]
    public void Catalog_TorchvisionV2_IsCutOutOf232Pixels() =>
        Assert.AreEqual(232, MobileNetV2Weights.TorchvisionV2.Description.Preprocessing.ShorterSide);

    [TestMethod]
    [DataRow("Bundled", BundledWeights.ResourceName)]
    [DataRow("BundledSmall", BundledWeights.SmallResourceName)]
    public void Catalog_BundledSets_AreDescribedAsTheirFilesAre(string name, string file)
    {
        PretrainedWeights entry = MobileNetV2Weights.Catalog.Single(entry => entry.Name == name);
        MobileNetV2Weights read = MobileNetV2Weights.FromFile(Repository.PathOf("assets", file));

        MobileNetV2Weights weights = MobileNetV2Weights.FromCatalog(entry);

        Assert.AreSame(name == "Bundled" ? MobileNetV2Weights.Bundled : MobileNetV2Weights.BundledSmall, weights);
        Assert.AreSame(entry.Description, weights.Description);
        Assert.AreEqual(weights.ClassCount, entry.ClassCount);
        Assert.AreEqual(read.Description.Architecture.WidthMultiplier, entry.WidthMultiplier);
        Assert.AreEqual(
            read.Description with
            {
                Name = name,
                Architecture = entry.Description.Architecture,
                ClassNames = entry.Description.ClassNames,
                Attribution = entry.Description.Attribution,
            },
            entry.Description);
    }

    [TestMethod]
    public void Catalog_SetsWithAClassifier_NameItsClasses()
    {
        foreach (PretrainedWeights entry in MobileNetV2Weights.Catalog)
        {
            Assert.HasCount(entry.ClassCount, entry.Description.ClassNames, entry.Name);
            Assert.AreSequenceEqual(
                ImageNetClasses.Names.Skip(entry.ClassCount == 0 ? 1000 : 0), entry.Description.ClassNames.TakeLast(1000), entry.Name);
        }
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
    public void EntryPoints_GiveTheSameInstanceEachTime()
    {
        Assert.AreSame(MobileNetV2Weights.ImageNet(0.75f, 160), MobileNetV2Weights.FromCatalog("ImageNet-0.75-160"));
        Assert.AreSame(MobileNetV2Weights.Timm110d, MobileNetV2Weights.FromCatalog("timm-110d"));
    }

    private static PretrainedWeights Find(MobileNetV2Weights weights) =>
        MobileNetV2Weights.Catalog.Single(entry => entry.Name == weights.Description.Name);

    private static void AssertDescription(
        WeightsDescription description, string license, PaddingConvention padding, float epsilon, ImagePreprocessing preprocessing)
    {
        Assert.AreEqual(license, description.License);
        Assert.IsNotEmpty(description.Attribution);
        Assert.AreEqual(padding, description.Padding);
        Assert.AreEqual(epsilon, description.BatchNormEpsilon);
        Assert.AreEqual(preprocessing, description.Preprocessing);
    }
}
