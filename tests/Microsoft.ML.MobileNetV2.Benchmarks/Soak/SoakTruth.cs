using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.Compositions;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Computes what each image must give after stock steps, one image after another on one thread.</summary>
internal sealed class SoakTruth(MLContext context, IDataView rows)
{
    /// <summary>Returns the output for each image, by its path.</summary>
    /// <param name="steps">The stock steps. The images that they make are computed; where they make pixels, the file is, which has the network's size.</param>
    /// <param name="compute">Computes one image.</param>
    internal Dictionary<string, float[]> Read(string steps, Func<ImageSource, float[]> compute)
    {
        IDataView stock = ImageSteps.All[steps](context).Fit(rows).Transform(rows);
        DataViewSchema.Column path = stock.Schema[nameof(SoakRow.Image)];
        DataViewSchema.Column input = stock.Schema[ImageSteps.Output];
        Dictionary<string, float[]> outputs = [];
        using DataViewRowCursor cursor = stock.GetRowCursor([path, input]);
        ValueGetter<ReadOnlyMemory<char>> pathGetter = cursor.GetGetter<ReadOnlyMemory<char>>(path);
        ValueGetter<MLImage>? imageGetter = input.Type is ImageDataViewType ? cursor.GetGetter<MLImage>(input) : null;
        ReadOnlyMemory<char> text = default;
        MLImage image = null!;
        while (cursor.MoveNext())
        {
            pathGetter(ref text);
            imageGetter?.Invoke(ref image);
            outputs.TryAdd($"{text}", compute(imageGetter is null ? ImageSource.FromFile($"{text}") : ImageSource.FromImage(image)));
        }

        return outputs;
    }
}
