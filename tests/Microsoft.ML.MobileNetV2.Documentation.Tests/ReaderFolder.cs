using System.Globalization;
using Microsoft.ML.Data;
using TransferLearning.Surfaces;

namespace Microsoft.ML.MobileNetV2.Documentation.Tests;

/// <summary>Represents the folder that a reader of the pages works in: images, a trained model, weights. docs/testing.md lists what is in it.</summary>
internal sealed class ReaderFolder : IDisposable
{
    private static readonly string[] Classes = ["clean", "crack", "dent", "scratch", "stain"];

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("mobilenetv2-reader-");
    private readonly DirectoryInfo _files;

    internal ReaderFolder()
    {
        _files = _root.CreateSubdirectory("prepared");
        DrawClasses("images", 0, 12);
        DrawClasses("train", 12, 22);
        DrawClasses("test", 22, 27);
        Draw(2, 30, "train/clean/clean-22.jpg");
        Draw(2, 31, "test/clean/clean-27.jpg");
        Draw(2, 7, "image.jpg");
        for (int i = 0; i < 8; i++)
        {
            Draw(i % Classes.Length, 40 + i, string.Create(CultureInfo.InvariantCulture, $"unlabeled/{i}.jpg"));
        }

        WriteList();
        CopyFolder(Repository.PathOf("samples/ClassifyAnything/images"), "samples/ClassifyAnything/images");
        CopyFolder(Path.Combine(SavedModels, "images"), "scenes");
        Copy(Path.Combine(SavedModels, "multilabel.zip"), "scenes.zip");
        Copy(Repository.PathOf("assets/mobilenet_v2_1.0_192_bundled.safetensors"), "weights.safetensors");
        Copy(Repository.PathOf("samples/ClassifyAnything/images/clock.png"), "clock.png");
        Train("model.zip");
        foreach (string copy in new[] { "upload.zip", "models/animals.zip", "models/parts.zip" })
        {
            Copy(PathOf("model.zip"), copy);
        }

        File.WriteAllText(PathOf("appsettings.json"), """{ "ImageClassifier": { "Path": "model.zip" } }""");
    }

    private static string SavedModels => Repository.PathOf("tests/Microsoft.ML.MobileNetV2.Tests/TestData/SavedModels");

    /// <summary>Copies everything into a new folder, so that no program sees what another one wrote.</summary>
    internal DirectoryInfo Copy()
    {
        DirectoryInfo copy = _root.CreateSubdirectory($"{Guid.NewGuid():n}");
        foreach (string file in Directory.EnumerateFiles(_files.FullName, "*", SearchOption.AllDirectories))
        {
            CopyInto(Path.Combine(copy.FullName, Path.GetRelativePath(_files.FullName, file)), file);
        }

        return copy;
    }

    public void Dispose() => _root.Delete(recursive: true);

    private void DrawClasses(string folder, int first, int end)
    {
        for (int number = first; number < end; number++)
        {
            for (int classIndex = 0; classIndex < Classes.Length; classIndex++)
            {
                Draw(classIndex, number, string.Create(CultureInfo.InvariantCulture, $"{folder}/{Classes[classIndex]}/{Classes[classIndex]}-{number:00}.jpg"));
            }
        }
    }

    private void Draw(int classIndex, int number, string name) => SurfaceDefects.DrawOne((number * Classes.Length) + classIndex, Prepare(name));

    private void WriteList() => File.WriteAllLines(
        PathOf("images.csv"),
        Directory.EnumerateFiles(PathOf("images"), "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select((path, i) => string.Create(
                CultureInfo.InvariantCulture, $"{Path.GetRelativePath(_files.FullName, path)};{Path.GetFileName(Path.GetDirectoryName(path))};{i / 2}"))
            .Prepend("file;diagnosis;patient"));

    private void Train(string name)
    {
        MLContext mlContext = new(seed: 1);
        IDataView rows = mlContext.Data.LoadImageFolder(PathOf("images"));
        using var model = mlContext.MulticlassClassification.Trainers.MobileNetV2()
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(rows);
        mlContext.Model.Save(model, rows.Schema, PathOf(name));
    }

    private void CopyFolder(string source, string name)
    {
        foreach (string file in Directory.EnumerateFiles(source))
        {
            Copy(file, Path.Combine(name, Path.GetFileName(file)));
        }
    }

    private void Copy(string source, string name) => CopyInto(PathOf(name), source);

    private static void CopyInto(string path, string source)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(source, path);
    }

    private string Prepare(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        return PathOf(name);
    }

    private string PathOf(string name) => Path.Combine(_files.FullName, name);
}
