using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Copies values from a source to a reader, so that the two share no memory.</summary>
internal static class OwnedValues
{
    internal static void Copy<T>(T source, ref T destination) => destination = source;

    internal static void TakeText(ReadOnlyMemory<char> source, ref ReadOnlyMemory<char> destination) => destination = source.ToString().AsMemory();

    internal static void CopyVector<T>(VBuffer<T> source, ref VBuffer<T> destination) => source.CopyTo(ref destination);

    /// <summary>Takes a vector of texts, which may refer to one buffer of the source.</summary>
    internal static void TakeTexts<T>(VBuffer<T> source, ref VBuffer<T> destination)
    {
        source.CopyTo(ref destination);
        VBufferEditor<T> editor = VBufferEditor.CreateFromBuffer(ref destination);
        foreach (ref T value in editor.Values)
        {
            ReadOnlyMemory<char> text = (ReadOnlyMemory<char>)(object)value!;
            value = (T)(object)text.ToString().AsMemory();
        }

        destination = editor.Commit();
    }

    /// <summary>Takes an image and frees the one that was taken before.</summary>
    internal static void TakeImage(MLImage source, ref MLImage destination)
    {
        destination?.Dispose();
        CopyImage(source, ref destination!);
    }

    /// <summary>Copies an image: readers dispose what they are handed.</summary>
    internal static void CopyImage(MLImage source, ref MLImage destination)
    {
        destination = source is null ? null! : MLImage.CreateFromPixels(source.Width, source.Height, source.PixelFormat, new MLImagePixels(source).Pixels);
        if (source is not null)
        {
            destination.Tag = source.Tag;
        }
    }
}
