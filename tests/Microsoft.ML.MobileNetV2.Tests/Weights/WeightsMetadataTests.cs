using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights;

[TestClass]
public sealed class WeightsMetadataTests
{
    [TestMethod]
    [DataRow("architecture", "resnet50")]
    [DataRow("width_multiplier", "wide")]
    [DataRow("width_multiplier", "0")]
    [DataRow("width_multiplier", "NaN")]
    [DataRow("width_multiplier", "1e39")]
    [DataRow("depth_multiplier", "0.5")]
    [DataRow("padding", "valid")]
    [DataRow("batch_norm_epsilon", "0")]
    [DataRow("batch_norm_epsilon", "-1e-5")]
    [DataRow("batch_norm_epsilon", "1e30")]
    [DataRow("crop_ratio", "1e-30")]
    [DataRow("mean", "0.5,1e30,0.5")]
    [DataRow("std", "0.5,1e30,0.5")]
    [DataRow("std", "0.5,1e-30,0.5")]
    [DataRow("batch_norm_epsilon", "1,5")]
    [DataRow("preprocessing", "caffe")]
    [DataRow("input_scale", "1/255")]
    [DataRow("input_size", "31")]
    [DataRow("input_size", "-224")]
    [DataRow("input_size", "224.5")]
    [DataRow("resize", "Squash")]
    [DataRow("resize", "7")]
    [DataRow("resize", "CenterCrop,Stretch")]
    [DataRow("interpolation", "")]
    [DataRow("crop_ratio", "1.5")]
    [DataRow("mean", "0.5,0.5")]
    [DataRow("mean", "0.5,0.5,NaN")]
    [DataRow("std", "0.5,0,0.5")]
    [DataRow("background", "0,0,256")]
    [DataRow("class_names", "[1,2]")]
    [DataRow("class_names", "[\"a\"")]
    [DataRow("class_names", "[\"a\",null]")]
    [DataRow("class_names", "[\"a\"]", DisplayName = "one name for ten classes")]
    public void Read_WrongValue_Throws(string key, string value)
    {
        Dictionary<string, string> metadata = new() { ["width_multiplier"] = "0.35", [key] = value };

        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(() => Load(metadata));

        Assert.AreEqual(WeightsFormatError.InvalidMetadata, error.Error, error.Message);
        Assert.StartsWith("'x.safetensors': ", error.Message);
    }

    [TestMethod]
    public void Read_WithoutMetadata_IsAsInTorchvisionWithTheArchitectureOfTheTensors()
    {
        WeightsDescription description = Load([]).Description;

        Assert.AreEqual(0.35f, description.Architecture.WidthMultiplier);
        Assert.AreEqual(PaddingConvention.Symmetric, description.Padding);
        Assert.AreEqual(WeightsDescription.TorchBatchNormEpsilon, description.BatchNormEpsilon);
        Assert.AreEqual(ImagePreprocessing.Torchvision, description.Preprocessing);
        Assert.AreEqual("x", description.Name);
        Assert.IsEmpty(description.ClassNames);
    }

    [TestMethod]
    [DataRow("null")]
    [DataRow("[]")]
    [DataRow("[ ]")]
    public void Read_NoClassNames_HasNone(string names) => Assert.IsEmpty(Load(new() { ["class_names"] = names }).Description.ClassNames);

    [TestMethod]
    public void Read_MeanAndDeviation_WinOverTheNamedPreprocessing()
    {
        ImagePreprocessing preprocessing = Load(new() { ["preprocessing"] = "x/127.5-1, RGB", ["mean"] = "0,0.25,1" }).Description.Preprocessing;

        Assert.AreEqual(new(0, 0.25f, 1), preprocessing.Mean);
        Assert.AreEqual(ImagePreprocessing.TensorFlow.StandardDeviation, preprocessing.StandardDeviation);
    }

    [TestMethod]
    [DataRow(1.1f, 1.2f)]
    [DataRow(1.2f, 1.4f)]
    [DataRow(0.6f, 1.0f)]
    [DataRow(1.3f, 1.0f)]
    public void Read_WithoutMetadata_InfersWidthAndDepth(float widthMultiplier, float depthMultiplier)
    {
        Checkpoint checkpoint = new("x", SyntheticNetwork.Tensors(new(widthMultiplier, depthMultiplier)), new Dictionary<string, string>());

        MobileNetV2Architecture architecture = WeightsMetadata.Read(checkpoint).Architecture;

        Assert.AreEqual(widthMultiplier, architecture.WidthMultiplier);
        Assert.AreEqual(depthMultiplier, architecture.DepthMultiplier);
    }

    private static MobileNetV2Weights Load(Dictionary<string, string> metadata) =>
        SafetensorsBytes.Load(SafetensorsBytes.From(new("x", SyntheticNetwork.Tensors(new(0.35f)), metadata)));
}
