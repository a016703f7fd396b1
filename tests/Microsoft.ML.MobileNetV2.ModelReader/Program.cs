using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

// Loads a saved model as a user's program does that knows only ML.NET, and prints one column of numbers for some images: a line an image.
string modelPath = args[0];
string columnName = args[1];
MLContext context = new();
ITransformer model = context.Model.Load(modelPath, out _);
IDataView rows = context.Data.LoadFromEnumerable(args.Skip(2).Select(path => new ImageData { Image = path, Label = "unknown" }).ToArray());
foreach (float[] values in model.Transform(rows).GetColumn<float[]>(columnName))
{
    Console.WriteLine(string.Join(' ', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture))));
}

/// <summary>Is a row of the model's input.</summary>
internal sealed class ImageData
{
    public string Image { get; set; } = string.Empty;

    public string Label { get; set; } = string.Empty;

    public float Number { get; set; }
}
