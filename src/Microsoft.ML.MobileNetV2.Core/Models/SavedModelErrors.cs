namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Classifies what is thrown while a saved model is read.</summary>
internal static class SavedModelErrors
{
    /// <summary>Returns whether an exception is about the content of the file, not about the disk, the memory or a missing library.</summary>
    internal static bool IsAboutContent(Exception exception) => exception is EndOfStreamException ||
        exception is not (IOException or OutOfMemoryException or OperationCanceledException or TypeLoadException or TypeInitializationException);
}
