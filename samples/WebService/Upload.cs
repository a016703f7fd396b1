namespace WebService;

/// <summary>Reads the image of a request: the whole body, or the one file of a form.</summary>
internal static class Upload
{
    internal static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        Stream content = request.HasFormContentType ? await OpenFileAsync(request, cancellationToken) : request.Body;
        using MemoryStream copy = new();
        await content.CopyToAsync(copy, cancellationToken);
        return copy.Length > 0 ? copy.ToArray() : throw new BadHttpRequestException("The request is empty; expected an image.");
    }

    private static async Task<Stream> OpenFileAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        IFormCollection form = await ReadFormAsync(request, cancellationToken);
        return form.Files.Count == 1
            ? form.Files[0].OpenReadStream()
            : throw new BadHttpRequestException($"The form has {form.Files.Count} files; expected one.");
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new BadHttpRequestException($"The form is damaged: {e.Message}", e);
        }
    }
}
