using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Lifetimes;

/// <summary>What is disposed is refused with the name of the type that the user disposed, whenever that was.</summary>
[TestClass]
public sealed class DisposalTests
{
    private readonly MLContext _context = new(1);
    private readonly IDataView _rows;

    public DisposalTests() => _rows = TrainedModels.CreateRows(_context, count: 60);

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Featurizer_DisposedBeforeItsFirstUse_IsRefused()
    {
        MobileNetV2FeaturizerTransformer featurizer = Featurizer().Fit(_rows);
        IDataView view = featurizer.Transform(_rows);

        featurizer.Dispose();
        featurizer.Dispose();

        Assert.AreEqual(nameof(MobileNetV2FeaturizerTransformer), Refusal(() => view.GetColumn<float[]>("Features").Count()));
    }

    [TestMethod]
    public void Model_DisposedBeforeItsFirstUse_IsRefused()
    {
        MobileNetV2PredictionTransformer model = TrainedModels.TrainMulticlass(_context);
        IDataView view = model.Transform(_rows);

        model.Dispose();
        model.Dispose();

        Assert.AreEqual(nameof(MobileNetV2PredictionTransformer), Refusal(() => view.GetColumn<float[]>("Score").Count()));
    }

    [TestMethod]
    public void ModelOfFeatures_Disposed_IsRefused()
    {
        using MobileNetV2FeaturizerTransformer featurizer = Featurizer().Fit(_rows);
        MobileNetV2PredictionTransformer model = _context.MulticlassClassification.Trainers
            .MobileNetV2(imageColumnName: "Features").Fit(featurizer.Transform(_rows));
        IDataView view = model.Transform(featurizer.Transform(_rows));

        model.Dispose();
        model.Dispose();

        Assert.AreEqual(nameof(MobileNetV2PredictionTransformer), Refusal(() => view.GetColumn<float[]>("Score").Count()));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    public void Featurizer_DisposedWhileACursorReads_EndsThere(int threads)
    {
        MobileNetV2FeaturizerTransformer featurizer = Featurizer(threads).Fit(_rows);
        IDataView view = featurizer.Transform(_rows);
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Features"]]);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        VBuffer<float> features = default;
        cursor.MoveNext();
        getter(ref features);

        featurizer.Dispose();

        Assert.AreEqual(nameof(MobileNetV2FeaturizerTransformer), Refusal(() =>
        {
            while (cursor.MoveNext())
            {
                getter(ref features);
            }
        }));
    }

    [TestMethod]
    public void Featurizer_DisposedBehindAPredictionEngine_IsRefused()
    {
        MobileNetV2FeaturizerTransformer featurizer = Featurizer().Fit(_rows);
        using var engine = _context.Model.CreatePredictionEngine<TrainedModels.LabeledImage, FeatureRow>(featurizer, new PredictionEngineOptions { OwnsTransformer = false });
        engine.Predict(new() { Image = TrainedModels.Draw(0) });

        featurizer.Dispose();

        Assert.AreEqual(nameof(MobileNetV2FeaturizerTransformer), Refusal(() => engine.Predict(new() { Image = TrainedModels.Draw(0) })));
    }

    [TestMethod]
    public void EngineAndClassifier_DisposedTwice_AreRefusedByName()
    {
        using MobileNetV2PredictionTransformer model = TrainedModels.TrainMulticlass(_context);
        MobileNetV2Engine engine = new(new() { InputSize = 64 });
        ImageClassifier classifier = _context.Model.CreateImageClassifier(model);

        engine.Dispose();
        engine.Dispose();
        classifier.Dispose();
        classifier.Dispose();

        Assert.AreEqual(nameof(MobileNetV2Engine), Refusal(() => engine.Run(TrainedModels.Source(0))));
        Assert.AreEqual(nameof(MobileNetV2Engine), Refusal(() => engine.Run([TrainedModels.Source(0)], TestContext.CancellationToken).Count()));
        Assert.AreEqual(nameof(ImageClassifier), Refusal(() => classifier.Predict(TrainedModels.Source(0))));
        Assert.AreEqual(nameof(ImageClassifier), Refusal(classifier.WarmUp));
    }

    [TestMethod]
    public void Transform_SourceThrowsWhileItIsReadAhead_ThrowsAtTheRowWhereAStockPipelineDoes()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(Failing());
        using MobileNetV2FeaturizerTransformer featurizer = Featurizer(threads: 4).Fit(rows);

        Assert.AreEqual(CountUntilFailure(rows), CountUntilFailure(featurizer.Transform(rows)));

        static IEnumerable<TrainedModels.LabeledImage> Failing()
        {
            for (int index = 0; index < 5; index++)
            {
                yield return new() { Image = TrainedModels.Draw(index) };
            }

            throw new TimeoutException("the database is gone");
        }
    }

    private static int CountUntilFailure(IDataView view)
    {
        int count = 0;
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        Assert.ThrowsExactly<TimeoutException>(() =>
        {
            while (cursor.MoveNext())
            {
                count++;
            }
        });
        return count;
    }

    private static string Refusal(Action read) =>
        ((ObjectDisposedException)Assert.Throws<Exception>(read).GetBaseException()).ObjectName;

    private static string Refusal<T>(Func<T> read) => Refusal(() => { _ = read(); });

    private MobileNetV2FeaturizerEstimator Featurizer(int threads = 2) => _context.Transforms.MobileNetV2(
        new MobileNetV2FeaturizerOptions { InputColumnName = "Image", InputSize = 64, MaxDegreeOfParallelism = threads });
}
