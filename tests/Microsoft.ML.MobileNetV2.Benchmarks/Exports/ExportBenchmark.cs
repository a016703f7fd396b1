using System.Text.Json;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Compares exported ONNX files with the models that they were made of, on photos; the files can be run by other programs too.</summary>
internal static class ExportBenchmark
{
    private const int ImagesPerClass = 20;

    /// <summary>Prints for each model the largest difference of scores, and writes files, pixels and scores where a folder is given.</summary>
    internal static void Run(BenchmarkArguments arguments)
    {
        MLContext context = new(1);
        LabeledPixels[] images = Read(Path.Combine(arguments.ReferenceFolder, "images", "clothing", "train"));
        IDataView rows = context.Data.LoadFromEnumerable(images);
        using TemporaryFolder temporary = new();
        string folder = arguments.Text("--output", temporary.Path);
        MobileNetV2Weights weights = arguments.Text("--weights", string.Empty) is { Length: > 0 } path ? MobileNetV2Weights.FromFile(path) : MobileNetV2Weights.Bundled;
        WritePixels(images, folder);
        Dictionary<string, double> figures = new() { ["images"] = images.Length };
        foreach ((string name, IEstimator<ITransformer> estimator) in ExportedModels.List(context, weights))
        {
            ITransformer model = estimator.Fit(rows);
            using var disposable = model as IDisposable;
            float[][] scores = [.. model.Transform(rows).GetColumn<float[]>("Score")];
            foreach (TensorDataType dataType in Enum.GetValues<TensorDataType>())
            {
                string file = Path.Combine(folder, $"{name}-{dataType}.onnx");
                context.Model.SaveAsOnnx(model, rows.Schema, file, dataType);
                File.WriteAllText(Path.ChangeExtension(file, ".json"), JsonSerializer.Serialize(scores));
                ExportDifference difference = ExportDifference.Measure(file, images, scores);
                figures[$"{name} {dataType}: MB"] = new FileInfo(file).Length / 1e6;
                figures[$"{name} {dataType}: largest difference / 1e-6"] = difference.Largest * 1e6;
                figures[$"{name} {dataType}: other best class"] = difference.OtherBestClassCount;
            }
        }

        Report.Print(arguments.IsJson, figures);
    }

    private static LabeledPixels[] Read(string folder) =>
    [
        .. from classFolder in Directory.GetDirectories(folder).Order(StringComparer.Ordinal)
           from path in Directory.GetFiles(classFolder).Order(StringComparer.Ordinal).Take(ImagesPerClass)
           select LabeledPixels.Read(path, Path.GetFileName(classFolder)),
    ];

    /// <summary>Writes the images as they are fed: height and width, then red, green and blue levels.</summary>
    private static void WritePixels(LabeledPixels[] images, string folder)
    {
        Directory.CreateDirectory(folder);
        for (int i = 0; i < images.Length; i++)
        {
            using BinaryWriter writer = new(File.Create(Path.Combine(folder, $"{i:000}.pixels")));
            writer.Write(images[i].Height);
            writer.Write(images[i].Width);
            writer.Write(images[i].Levels);
        }
    }
}
