using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Onnx;

/// <summary>Exported models with weights of 16 bits: half the size, and hardly other scores.</summary>
[TestClass]
public sealed class HalfWeightsTests
{
    /// <summary>What the documentation promises for the probabilities of a classifier.</summary>
    private const double ScoreTolerance = 0.01;

    private const double LargestFraction = 0.52;

    private readonly MLContext _context = new(1);

    [TestMethod]
    public void Classifier_IsHalfAsLargeAndScoresAlike()
    {
        using TemporaryFolder folder = new();
        using var model = TrainedModels.TrainMulticlass(_context);

        model.SaveAsOnnx(folder.PathOf("single.onnx"));
        model.SaveAsOnnx(folder.PathOf("half.onnx"), TensorDataType.Float16);

        using PlainSession single = new(folder.PathOf("single.onnx"));
        using PlainSession half = new(folder.PathOf("half.onnx"));
        Assert.IsLessThan(LargestFraction, (double)Length(folder, "half.onnx") / Length(folder, "single.onnx"));
        for (int i = 0; i < 6; i++)
        {
            RawImage image = RawImage.Decode(TrainedModels.Draw(i));
            Assert.AreEqual(0, single.Run(image).Zip(half.Run(image), (left, right) => Math.Abs(left - right)).Max(), ScoreTolerance);
        }
    }

    [TestMethod]
    public void PipelineWithWeightsOf32Bits_IsHalfAsLargeAndScoresAlike()
    {
        using TemporaryFolder folder = new();
        IDataView rows = TrainedModels.CreateRows(_context);
        using var model = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
            {
                InputColumnName = "Image",
                InputSize = TrainedModels.InputSize,
                Weights = MobileNetV2Weights.BundledSmall, // Its batch norm is folded when it is written, so no weight is a half by chance.
            }))
            .Append(_context.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).Fit(rows);

        _context.Model.SaveAsOnnx(model, rows.Schema, folder.PathOf("single.onnx"));
        _context.Model.SaveAsOnnx(model, rows.Schema, folder.PathOf("half.onnx"), TensorDataType.Float16);

        using PlainSession single = new(folder.PathOf("single.onnx"));
        using PlainSession half = new(folder.PathOf("half.onnx"));
        RawImage image = RawImage.Decode(TrainedModels.Draw(2));
        Assert.IsLessThan(LargestFraction, (double)Length(folder, "half.onnx") / Length(folder, "single.onnx"));
        float difference = single.Run(image).Zip(half.Run(image), (left, right) => Math.Abs(left - right)).Max();
        Assert.IsGreaterThan(0, difference);
        Assert.AreEqual(0, difference, ScoreTolerance);
    }

    [TestMethod]
    public void AnUnknownDataType_IsRefusedAndLeavesNothing()
    {
        using TemporaryFolder folder = new();
        using var model = TrainedModels.TrainMulticlass(_context);

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.SaveAsOnnx(folder.PathOf("model.onnx"), (TensorDataType)7));
        Assert.IsEmpty(folder.FileNames());
    }

    [TestMethod]
    public void AWeightThatNoHalfHolds_IsNamed()
    {
        OnnxGraphBuilder graph = new("large", weightsType: TensorDataType.Float16);

        string message = Assert.ThrowsExactly<ArgumentException>(() => graph.Weights("layer.weight", [1f, 70000f], 1, 2)).Message;

        Assert.Contains("Tensor 'layer.weight' holds 70000 at index 1, but Float16 ends at 65504; save these weights as Float32.", message);
    }

    private static long Length(TemporaryFolder folder, string name) => new FileInfo(folder.PathOf(name)).Length;
}
