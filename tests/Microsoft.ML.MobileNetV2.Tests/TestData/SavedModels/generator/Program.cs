using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2;
using SkiaSharp;

// Draws a dozen small images, trains a small model of each kind on them, saves it, loads it in each way, and writes down its results.
string folder = args[0];
string imageFolder = Path.Combine(folder, "images");
Directory.CreateDirectory(imageFolder);
foreach (int index in Enumerable.Range(0, Rows.Count))
{
    // Once drawn, images stay as they are: another version of the encoder would give other files.
    string path = Path.Combine(imageFolder, Rows.FileName(index));
    if (!File.Exists(path))
    {
        File.WriteAllBytes(path, Drawing.Draw(index));
    }
}

MLContext context = new(1);
Saver saver = new(context, folder);
Rows rows = new(context, imageFolder);

// A featurizer before ML.NET's own trainer; a column of paths.
IDataView paths = rows.OfPaths();
saver.Save(
    "lbfgs",
    "path",
    context.Transforms.Conversion.MapValueToKey("Label")
        .Append(context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
        {
            InputColumnName = "Image",
            InputSize = 32,
            Weights = Weights(0.1, isSame: true, "0.5,0.5,0.5", "0.5,0.5,0.5"),
        }))
        .Append(context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new Microsoft.ML.Trainers.LbfgsMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 }))
        .Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
        .Fit(paths),
    paths,
    hasClassifier: false);

// Two layers, text labels; a column of encoded images.
IDataView encoded = rows.OfBytes();
saver.Save(
    "multiclass",
    "bytes",
    context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions
    {
        InputSize = 32,
        Weights = Weights(0.05, isSame: false, "0.485,0.456,0.406", "0.229,0.224,0.225", [("interpolation", "Bicubic")]),
        Resize = ImageResizeMode.Stretch,
        Head = new HeadTrainerOptions { Epochs = 60, Layers = [new DenseLayerOptions { Units = 8, Activation = HeadActivation.Relu }, new DenseLayerOptions()] },
    }).Fit(encoded),
    encoded,
    hasClassifier: true);

// Yes or no; a column of images in memory.
IDataView images = rows.OfImages();
saver.Save(
    "binary",
    "image",
    context.BinaryClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions
    {
        LabelColumnName = "IsMany",
        InputSize = 32,
        Weights = Weights(0.05, isSame: true, "0.5,0.5,0.5", "0.5,0.5,0.5", [("background", "128,128,128")]),
        Resize = ImageResizeMode.Pad,
    }).Fit(images),
    images,
    hasClassifier: false);

// A number, from a deeper network; a column of paths, where unreadable images give missing scores.
saver.Save(
    "regression",
    "path",
    context.Regression.Trainers.MobileNetV2(new MobileNetV2TrainerOptions
    {
        LabelColumnName = "Number",
        InputSize = 33,
        Weights = Weights(0.05, isSame: false, "0.5,0.5,0.5", "0.5,0.5,0.5", [("crop_ratio", "1")], depth: 1.2),
        UnreadableImages = UnreadableImageHandling.MissingFeatures,
    }).Fit(paths),
    paths,
    hasClassifier: false);

// Several labels an image, with names; a column of encoded images.
saver.Save(
    "multilabel",
    "bytes",
    context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions
    {
        LabelColumnName = "Flags",
        InputSize = 32,
        Weights = Weights(0.05, isSame: true, "0.5,0.5,0.5", "0.5,0.5,0.5"),
    }).Fit(encoded),
    encoded,
    hasClassifier: true);

// The network's own classifier, without training; a column of paths.
saver.Save(
    "classscores",
    "path",
    context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
    {
        InputColumnName = "Image",
        OutputColumnName = "Score",
        InputSize = 32,
        Weights = Weights(
            0.05, isSame: true, "0.5,0.5,0.5", "0.5,0.5,0.5", [("class_names", """["one", "two", "three", "four"]""")], classCount: 4),
        Output = MobileNetV2Output.ClassScores,
    }).Fit(paths),
    paths,
    hasClassifier: true);

static MobileNetV2Weights Weights(
    double width, bool isSame, string mean, string std, (string Key, string Value)[]? more = null, double depth = 1, int classCount = 0)
{
    using MemoryStream stream = new(new SyntheticFile(width, depth, classCount).Write(
        SyntheticFile.Metadata(width, depth, isSame, mean, std, [("license", "MIT"), .. more ?? []])));
    return MobileNetV2Weights.FromStream(stream);
}

/// <summary>Draws few, some or many discs.</summary>
internal static class Drawing
{
    internal static byte[] Draw(int index)
    {
        Random random = new(index);
        int width = 40 + index % 4 * 6;
        int height = 40 + index / 4 * 5;
        using SKBitmap bitmap = new(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using SKCanvas canvas = new(bitmap);
        canvas.Clear(Color(random));
        using SKPaint paint = new() { IsAntialias = true };
        for (int disc = 0; disc < Rows.DiscCount(index); disc++)
        {
            paint.Color = Color(random);
            canvas.DrawCircle(random.Next(width), random.Next(height), random.Next(3, 10), paint);
        }

        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return data.ToArray();
    }

    private static SKColor Color(Random random) => new((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));
}

/// <summary>Makes rows of the images, one kind for each form of an image; each has every kind of label.</summary>
internal sealed class Rows(MLContext context, string folder)
{
    internal const int Count = 12;

    private static readonly string[] FlagNames = ["several", "many"];

    internal static string FileName(int index) => $"{index:00}.png";

    internal static int DiscCount(int index) => (index % 3) switch { 0 => 2, 1 => 10, _ => 40 };

    internal IDataView OfPaths() => Load(index => new PathRow { Image = PathOf(index) });

    internal IDataView OfBytes() => Load(index => new BytesRow { Image = File.ReadAllBytes(PathOf(index)) });

    internal IDataView OfImages() => Load(index => new ImageRow { Image = MLImage.CreateFromFile(PathOf(index)) });

    private string PathOf(int index) => Path.Combine(folder, FileName(index));

    private IDataView Load<T>(Func<int, T> create)
        where T : LabelRow
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(T));
        VBuffer<ReadOnlyMemory<char>> names = new(FlagNames.Length, [.. FlagNames.Select(name => name.AsMemory())]);
        definition["Flags"].AddAnnotation("SlotNames", names, new VectorDataViewType(TextDataViewType.Instance, FlagNames.Length));
        return context.Data.LoadFromEnumerable(
            Enumerable.Range(0, Count).Select(index =>
            {
                T row = create(index);
                int discs = DiscCount(index);
                row.Label = discs switch { 2 => "few", 10 => "some", _ => "many" };
                row.IsMany = discs == 40;
                row.Number = discs;
                row.Flags = [discs >= 10, discs == 40];
                return row;
            }).ToArray(),
            definition);
    }
}

internal class LabelRow
{
    public string Label { get; set; } = string.Empty;

    public bool IsMany { get; set; }

    public float Number { get; set; }

    [VectorType(2)]
    public bool[] Flags { get; set; } = [];
}

internal sealed class PathRow : LabelRow
{
    public string Image { get; set; } = string.Empty;
}

internal sealed class BytesRow : LabelRow
{
    [VectorType]
    public byte[] Image { get; set; } = [];
}

internal sealed class ImageRow : LabelRow
{
    [AnySizeImage]
    public MLImage? Image { get; set; }
}

/// <summary>Saves a model as NAME.zip, and as NAME.json what it gives for each image, loaded in each way.</summary>
internal sealed class Saver(MLContext context, string folder)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal void Save(string name, string input, ITransformer model, IDataView rows, bool hasClassifier)
    {
        string path = Path.Combine(folder, $"{name}.zip");
        context.Model.Save(model, rows.Schema, path);
        List<Dictionary<string, object?>> results =
        [
            Describe("Model.Load", context.Model.Load(path, out _), rows),
            Describe("Model.LoadMobileNetV2", context.Model.LoadMobileNetV2(path, out _), rows),
        ];
        if (hasClassifier)
        {
            results.Add(Describe(path));
        }

        string[] images = [.. Enumerable.Range(0, Rows.Count).Select(Rows.FileName)];
        string json = JsonSerializer.Serialize(new { model = $"{name}.zip", imageColumn = input, images, results }, Indented);

        // Numbers in a row stand in a line.
        json = System.Text.RegularExpressions.Regex.Replace(json, @"\[\s+([^\[\]{}]*?)\s+\]", match => $"[{System.Text.RegularExpressions.Regex.Replace(match.Groups[1].Value, @",\s+", ", ")}]");
        File.WriteAllText(Path.Combine(folder, $"{name}.json"), json + "\n");
    }

    private Dictionary<string, object?> Describe(string way, ITransformer model, IDataView rows)
    {
        IDataView scored = model.Transform(rows);
        DataViewSchema.Column score = scored.Schema["Score"];
        Dictionary<string, object?> result = new()
        {
            ["loadedBy"] = way,
            ["columns"] = scored.Schema.Where(column => !column.IsHidden && rows.Schema.GetColumnOrNull(column.Name) is null).Select(column => $"{column.Name}: {column.Type}"),
            ["slotNames"] = SlotNames(score),
            ["scores"] = score.Type is VectorDataViewType
                ? scored.GetColumn<float[]>("Score").ToArray()
                : scored.GetColumn<float>("Score").Select(value => new[] { value }).ToArray(),
        };
        if (scored.Schema.GetColumnOrNull("Probability") is not null)
        {
            result["probabilities"] = scored.GetColumn<float>("Probability").ToArray();
        }

        if (scored.Schema.GetColumnOrNull("PredictedLabel") is { } label)
        {
            result["predictedLabels"] = label.Type switch
            {
                VectorDataViewType => scored.GetColumn<bool[]>("PredictedLabel").Select(flags => string.Join(' ', flags)).ToArray(),
                BooleanDataViewType => scored.GetColumn<bool>("PredictedLabel").Select(flag => flag.ToString()).ToArray(),
                KeyDataViewType => context.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scored).Transform(scored).GetColumn<string>("PredictedLabel").ToArray(),
                _ => scored.GetColumn<string>("PredictedLabel").ToArray(),
            };
        }

        return result;
    }

    private static string[] SlotNames(DataViewSchema.Column column)
    {
        if (!column.HasSlotNames())
        {
            return [];
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(text => text.ToString())];
    }

    private Dictionary<string, object?> Describe(string path)
    {
        using ImageClassifier classifier = ImageClassifier.Load(path);
        var all = Enumerable.Range(0, Rows.Count)
            .Select(index => classifier.Predict(Path.Combine(folder, "images", Rows.FileName(index)), classifier.Classes.Count)).ToArray();
        return new()
        {
            ["loadedBy"] = "ImageClassifier.Load",
            ["slotNames"] = classifier.Classes,
            ["scores"] = all.Select(one => classifier.Classes.Select(name => one.Scores.Single(score => score.Label == name).Score).ToArray()).ToArray(),
            ["best"] = all.Select(one => one.Best.Label).ToArray(),
        };
    }
}
