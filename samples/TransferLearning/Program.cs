using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2;
using Microsoft.ML.Transforms;
using TransferLearning;

try
{
    SampleOptions options = SampleOptions.Parse(args);
    if (options.IsHelpWanted)
    {
        Console.WriteLine(SampleOptions.Help);
        return 0;
    }

    Run(options);
    return 0;
}
catch (Exception error) when (error is UsageException or WeightsFormatException or InvalidDataException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}

static void Run(SampleOptions options)
{
    // What can be wrong is found before the long work begins.
    ModelFile.RequireWritable(options.OutputPath);
    MobileNetV2Weights weights = options.WeightsPath is null ? MobileNetV2Weights.Bundled : MobileNetV2Weights.FromFile(options.WeightsPath);
    using SampleImages images = new(options);
    string folder = images.Folder;
    ImageDataset dataset = ImageDataset.FromFolder(folder);
    Report("left out of the folder:", [.. dataset.Problems.Select(problem => problem.Message)]);
    ClassCheck.Require(folder, dataset.ClassNames, dataset.Images.Select(image => image.Label));

    // Images become features once; training then reads the features many times. The network itself is not changed.
    MLContext mlContext = new(seed: 1);
    List<UnreadableImage> unreadable = [];
    IDataView rows = mlContext.Data.LoadImages(dataset);
    using MobileNetV2FeaturizerTransformer featurizer = mlContext.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
    {
        OutputColumnName = "Features",
        InputColumnName = "Image",
        Weights = weights,
        UnreadableImages = UnreadableImageHandling.SkipRow,
        OnUnreadableImage = unreadable.Add,
    }).Fit(rows);
    IDataView featurized = mlContext.Data.Cache(featurizer.Transform(rows), "Image", "Label", "Features");
    string[] labels = Step.Run($"featurizing {dataset.Images.Count} images", step => featurized.GetColumn<string>("Label").Select(step.Count).ToArray());
    Report($"skipped {unreadable.Count} of {dataset.Images.Count} images that cannot be read:", [.. unreadable.Select(image => image.Reason.Message)]);
    ClassCheck.Require(folder, dataset.ClassNames, labels);

    // A classifier of ML.NET learns on one part of the images and is tested on the other; each class is in both.
    var (train, test) = mlContext.Data.StratifiedTrainTestSplit(featurized, testFraction: 0.2, seed: 1);
    ImageData[] heldOut = [.. mlContext.Data.CreateEnumerable<ImageData>(test, reuseRowObject: false)];
    var trainer = mlContext.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
        .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy(l1Regularization: 0, l2Regularization: 10))
        .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
    var classifier = Step.Run($"training on {labels.Length - heldOut.Length}", _ => trainer.Fit(train));
    IDataView tested = classifier.Transform(test);
    MulticlassClassificationMetrics metrics = mlContext.MulticlassClassification.Evaluate(tested);
    Console.WriteLine($"\naccuracy on {heldOut.Length} images that were held out: {metrics.MicroAccuracy:0.0 %}\n");
    Console.WriteLine(ConfusionTable.Format(metrics.ConfusionMatrix, ClassNames(tested.Schema["Score"])));

    // The saved model takes images: network and classifier are in one file.
    TransformerChain<ITransformer> model = new(featurizer, classifier);
    ModelFile.Write(options.OutputPath, stream => mlContext.Model.Save(model, rows.Schema, stream));
    Console.WriteLine($"saved {options.OutputPath} ({new FileInfo(options.OutputPath).Length / 1e6:0.0} MB)");

    ITransformer loaded = mlContext.Model.Load(options.OutputPath, out _);
    using var engine = mlContext.Model.CreatePredictionEngine<ImageData, Prediction>(loaded);
    ImageData image = heldOut[heldOut.Length / 2];
    engine.Predict(image); // The first prediction prepares the network.
    var watch = Stopwatch.StartNew();
    Prediction prediction = engine.Predict(image);
    Console.WriteLine($"loaded it and looked at {Path.GetRelativePath(folder, image.Image)} ({image.Label}): {watch.Elapsed.TotalMilliseconds:0.0} ms");
    foreach ((string name, float score) in ClassNames(engine.OutputSchema["Score"]).Zip(prediction.Score).OrderByDescending(pair => pair.Second).Take(3))
    {
        Console.WriteLine($"  {score,6:0.0 %}  {name}");
    }
}

static void Report(string title, IReadOnlyList<string> messages)
{
    if (messages.Count > 0)
    {
        Console.WriteLine($"{title}\n{string.Join('\n', messages.Select(message => $"  {message}"))}");
    }
}

static string[] ClassNames(DataViewSchema.Column score)
{
    VBuffer<ReadOnlyMemory<char>> names = default;
    score.GetSlotNames(ref names);
    return [.. names.DenseValues().Select(name => name.ToString())];
}
