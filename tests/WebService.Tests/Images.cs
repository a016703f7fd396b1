using System.Net.Http.Headers;

namespace WebService.Tests;

/// <summary>Makes requests with the drawings of another sample.</summary>
internal static class Images
{
    internal static ByteArrayContent Clock(string mediaType = "image/png")
    {
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "global.json")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run outside of the repository.");
        }

        return Content(File.ReadAllBytes(Path.Combine(folder, "samples", "ClassifyAnything", "images", "clock.png")), mediaType);
    }

    internal static ByteArrayContent Content(byte[] bytes, string mediaType = "image/png") =>
        new(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(mediaType) } };

    internal static MultipartFormDataContent Form(int files = 1)
    {
        MultipartFormDataContent form = [];
        for (int i = 0; i < files; i++)
        {
            form.Add(Clock(), "image", $"clock-{i}.png");
        }

        return form;
    }
}
