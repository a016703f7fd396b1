using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.OnnxExport;

/// <summary>What cannot be written whole is refused by name, and leaves no file.</summary>
[TestClass]
public sealed class PipelineRefusalTests
{
    private readonly MLContext _context = new(1);

    [TestMethod]
    public void AStepOfTheUser_IsNamed()
    {
        IDataView rows = TrainedModels.CreateRows(_context);
        using var model = Pipeline(_context.Transforms.CustomMapping<FeaturesIn, FeaturesOut>((input, output) => output.Changed = input.Features, "Change"), "Changed").Fit(rows);

        string message = Refuse<NotSupportedException>(model, rows);

        Assert.AreEqual("Step 3 of the model, CustomMappingTransformer, cannot be written as ONNX: ML.NET has no conversion of it.", message);
    }

    [TestMethod]
    public void AConversionThatReadsItsOwnResult_IsNamed()
    {
        IDataView rows = TrainedModels.CreateRows(_context);
        using var model = Pipeline(_context.Transforms.ProjectToPrincipalComponents("Features", rank: 4), "Features").Fit(rows);

        string message = Refuse<NotSupportedException>(model, rows);

        Assert.Contains("Step 3 of the model, PrincipalComponentAnalysisTransformer, cannot be written as ONNX: ML.NET's conversion of it reads 'Features0'", message);
        Assert.Contains("Give its output column another name than its input column.", message);
    }

    [TestMethod]
    public void AModelWithoutNetworkOrScores_IsRefused()
    {
        IDataView rows = TrainedModels.CreateRows(_context);
        ITransformer keys = _context.Transforms.Conversion.MapValueToKey("Label").Fit(rows);
        using var features = Featurizer().Fit(rows);

        Assert.Contains("The model has 0 networks of this library; expected one.", Refuse<ArgumentException>(keys, rows));
        Assert.Contains("The model has no column 'Score' of Single", Refuse<ArgumentException>(features, rows));
    }

    [TestMethod]
    public void ScoresOfSomethingElse_AreRefused()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(
            Enumerable.Range(0, 8).Select(index => new Measured { Image = TrainedModels.Draw(index), Features = index, Label = 2 * index }).ToArray());
        using var model = _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", OutputColumnName = "Unused", InputSize = TrainedModels.InputSize })
            .Append(_context.Transforms.Concatenate("Features", "Features"))
            .Append(_context.Regression.Trainers.OnlineGradientDescent()).Fit(rows);

        Assert.AreEqual("The column 'Score' does not depend on the images.", Refuse<NotSupportedException>(model, rows));
    }

    [TestMethod]
    public void AColumnWithANameOfTheGraph_IsRefused()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(
            Enumerable.Range(0, 8).Select(index => new Measured { Image = TrainedModels.Draw(index), scores = index, Label = 2 * index }).ToArray());
        using var model = Featurizer("FromImage").Append(_context.Transforms.Concatenate("Features", "FromImage", "scores"))
            .Append(_context.Regression.Trainers.OnlineGradientDescent()).Fit(rows);

        Assert.AreEqual("The name 'scores' is taken in the ONNX graph; give the column another name.", Refuse<NotSupportedException>(model, rows));
    }

    private string Refuse<T>(ITransformer model, IDataView rows)
        where T : Exception
    {
        using TemporaryFolder folder = new();
        string message = Assert.ThrowsExactly<T>(() => _context.Model.SaveAsOnnx(model, rows.Schema, folder.PathOf("model.onnx"))).Message;
        Assert.IsEmpty(folder.FileNames());
        return message;
    }

    private MobileNetV2FeaturizerEstimator Featurizer(string outputColumnName = "Features") => _context.Transforms.MobileNetV2(
        new MobileNetV2FeaturizerOptions { InputColumnName = "Image", OutputColumnName = outputColumnName, InputSize = TrainedModels.InputSize });

    private EstimatorChain<ITransformer> Pipeline(IEstimator<ITransformer> step, string featureColumnName) =>
        _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(Featurizer())
            .Append(step)
            .Append<ITransformer>(_context.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Label", featureColumnName));

    private sealed class FeaturesIn
    {
        [VectorType(1280)]
        public float[] Features { get; set; } = [];
    }

    private sealed class FeaturesOut
    {
        [VectorType(1280)]
        public float[] Changed { get; set; } = [];
    }

    private sealed class Measured
    {
        [VectorType]
        public byte[] Image { get; set; } = [];

        public float Features { get; set; }

        public float Label { get; set; }

#pragma warning disable IDE1006 // The name is the point: the graph has an output of this name.
        public float scores { get; set; }
#pragma warning restore IDE1006
    }
}
