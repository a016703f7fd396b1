using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Reads the images of a data view row by row.</summary>
internal sealed class ImageReader(DataViewRowCursor cursor, DataViewSchema.Column column) : IDisposable
{
    private readonly Action<ImageInput> _read = ImageColumn.CreateReader(cursor, column);

    /// <summary>Reads the next image; false at the end.</summary>
    internal bool TryRead(ImageWorkItem slot)
    {
        if (!cursor.MoveNext())
        {
            return false;
        }

        slot.Index = cursor.Position;
        _read(slot.Input);
        return true;
    }

    public void Dispose() => cursor.Dispose();
}
