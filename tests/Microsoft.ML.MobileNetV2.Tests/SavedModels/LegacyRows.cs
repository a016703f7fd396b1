using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Tests.SavedModels;

/// <summary>Makes rows as the old models were trained on: the image in the model's form, and a label of every kind.</summary>
internal static class LegacyRows
{
    private static readonly string[] FlagNames = ["several", "many"];

    internal static IDataView Create(MLContext context, LegacyModel model) => model.ImageColumn switch
    {
        "path" => Load(context, model.ImagePaths, path => new PathRow { Image = path }),
        "bytes" => Load(context, model.ImagePaths, path => new BytesRow { Image = File.ReadAllBytes(path) }),
        _ => Load(context, model.ImagePaths, path => new ImageRow { Image = MLImage.CreateFromFile(path) }),
    };

    private static IDataView Load<TRow>(MLContext context, string[] paths, Func<string, TRow> create)
        where TRow : LabeledRow
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(TRow));
        VBuffer<ReadOnlyMemory<char>> names = new(FlagNames.Length, [.. FlagNames.Select(name => name.AsMemory())]);
        definition[nameof(LabeledRow.Flags)].AddAnnotation("SlotNames", names, new VectorDataViewType(TextDataViewType.Instance, FlagNames.Length));
        return context.Data.LoadFromEnumerable(paths.Select(create).ToArray(), definition);
    }

    private abstract class LabeledRow
    {
        public string Label { get; set; } = string.Empty;

        public bool IsMany { get; set; }

        public float Number { get; set; }

        [VectorType(2)]
        public bool[] Flags { get; set; } = new bool[2];
    }

    private sealed class PathRow : LabeledRow
    {
        public string Image { get; set; } = string.Empty;
    }

    private sealed class BytesRow : LabeledRow
    {
        [VectorType]
        public byte[] Image { get; set; } = [];
    }

    private sealed class ImageRow : LabeledRow
    {
        [AnySizeImage]
        public MLImage? Image { get; set; }
    }
}
